-- What of a namespace is loaded before it is asked for.
ALTER TABLE freshet.cache_namespaces
    ADD COLUMN warm jsonb CHECK (jsonb_typeof(warm) = 'object');

COMMENT ON COLUMN freshet.cache_namespaces.warm IS 'As in docs/warming.md; NULL for the defaults.';
