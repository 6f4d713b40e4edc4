#!/usr/bin/env bash
# Loads the demo's tables; the image runs it once, when it makes the database.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --single-transaction <<'SQL'
\i /demo/schema.sql
\copy public.countries (code, name, continent) FROM '/demo/countries.csv' (FORMAT csv, HEADER true)
\copy public.cities (id, name, country_code, admin_code, population, latitude, longitude) FROM PROGRAM 'gzip -dc /demo/cities.csv.gz' (FORMAT csv, HEADER true)
ANALYZE public.countries, public.cities;
SQL
