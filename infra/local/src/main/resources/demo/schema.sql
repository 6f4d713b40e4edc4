CREATE TABLE public.countries (
    code      text PRIMARY KEY,
    name      text NOT NULL,
    continent text NOT NULL
);

CREATE TABLE public.cities (
    id           bigint PRIMARY KEY,
    name         text NOT NULL,
    country_code text NOT NULL REFERENCES public.countries (code),
    admin_code   text NOT NULL,
    population   bigint NOT NULL,
    latitude     double precision NOT NULL,
    longitude    double precision NOT NULL,
    updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX cities_by_region ON public.cities (country_code, admin_code);

-- The old values of all columns enter the commit log, so that a rule may use any of them.
ALTER TABLE public.countries REPLICA IDENTITY FULL;
ALTER TABLE public.cities REPLICA IDENTITY FULL;

COMMENT ON TABLE public.countries IS 'Countries and territories by ISO 3166-1 code.';
COMMENT ON TABLE public.cities IS 'Places with at least 5,000 inhabitants. GeoNames (geonames.org), CC BY 4.0.';
