-- What a namespace may hold, when it loads anew, classes of its keys; sources other than SQL.
ALTER TABLE freshet.cache_namespaces
    ADD COLUMN ttl_jitter   integer NOT NULL DEFAULT 0 CHECK (ttl_jitter BETWEEN 0 AND 50),
    ADD COLUMN max_entries  bigint NOT NULL DEFAULT 0 CHECK (max_entries >= 0),
    ADD COLUMN max_bytes    bigint NOT NULL DEFAULT 104857600 CHECK (max_bytes >= 0),
    ADD COLUMN write_policy varchar(20) NOT NULL DEFAULT 'CACHE_ASIDE'
        CHECK (write_policy IN ('CACHE_ASIDE', 'WRITE_THROUGH', 'WRITE_BEHIND')),
    ADD COLUMN refresh      jsonb CHECK (jsonb_typeof(refresh) = 'object'),
    ADD COLUMN source       jsonb CHECK (jsonb_typeof(source) = 'object'),
    ADD COLUMN classes      jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(classes) = 'array');

UPDATE freshet.cache_namespaces SET
    max_bytes = max_size_mb::bigint * 1048576,
    source = CASE WHEN source_sql IS NULL THEN NULL ELSE jsonb_build_object(
        'database', source_database,
        'sql', source_sql,
        'timeout', source_timeout_ms || 'ms',
        'tags', to_jsonb(source_tags)) END;

ALTER TABLE freshet.cache_namespaces
    DROP CONSTRAINT cache_namespaces_source_is_whole,
    DROP COLUMN max_size_mb,
    DROP COLUMN source_database,
    DROP COLUMN source_sql,
    DROP COLUMN source_timeout_ms,
    DROP COLUMN source_tags,
    ADD CONSTRAINT cache_namespaces_writes_need_an_upsert
        CHECK (write_policy = 'CACHE_ASIDE' OR (source IS NOT NULL AND source ? 'upsert'));

COMMENT ON COLUMN freshet.cache_namespaces.max_entries IS 'Largest number of entries; 0 for no bound.';
COMMENT ON COLUMN freshet.cache_namespaces.max_bytes IS 'Largest size of all entries; 0 for no bound.';
COMMENT ON COLUMN freshet.cache_namespaces.ttl_jitter IS 'Percent.';
COMMENT ON COLUMN freshet.cache_namespaces.refresh IS 'As in docs/namespaces.md; NULL for the defaults.';
COMMENT ON COLUMN freshet.cache_namespaces.source IS 'As in docs/namespaces.md; NULL for none.';

-- Who changed what. The user is whom the changing program names, else that of the database.
CREATE TABLE freshet.cache_namespaces_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       varchar(100) NOT NULL,
    operation  varchar(10) NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
    before     jsonb,
    after      jsonb,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    xid        xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE INDEX cache_namespaces_changes_by_name ON freshet.cache_namespaces_changes (name, id);

COMMENT ON TABLE freshet.cache_namespaces_changes IS 'Every change of a namespace, kept by a trigger.';

CREATE FUNCTION freshet.record_namespace_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO freshet.cache_namespaces_changes (name, operation, before, after, changed_by)
    VALUES (
        CASE TG_OP WHEN 'DELETE' THEN OLD.name ELSE NEW.name END,
        TG_OP,
        CASE TG_OP WHEN 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,
        CASE TG_OP WHEN 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,
        coalesce(nullif(current_setting('freshet.changed_by', true), ''), session_user));
    RETURN NULL;
END $$;

CREATE TRIGGER record_namespace_change
    AFTER INSERT OR UPDATE OR DELETE ON freshet.cache_namespaces
    FOR EACH ROW EXECUTE FUNCTION freshet.record_namespace_change();
