-- What the check writes and reads. It empties these tables at its start and leaves them at its end.
CREATE TABLE IF NOT EXISTS public.check_items (
    key     text PRIMARY KEY,
    version bigint NOT NULL,
    shelf   text NOT NULL,
    grp     text NOT NULL,
    delay   double precision NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS public.check_groups (name text PRIMARY KEY, version bigint NOT NULL);
CREATE TABLE IF NOT EXISTS public.check_shelves (name text PRIMARY KEY, version bigint NOT NULL);
CREATE TABLE IF NOT EXISTS public.check_world (name text PRIMARY KEY, version bigint NOT NULL);

ALTER TABLE public.check_items REPLICA IDENTITY FULL;
