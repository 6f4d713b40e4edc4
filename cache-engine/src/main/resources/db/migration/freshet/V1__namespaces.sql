-- The catalog: the namespaces of the installation.
CREATE SCHEMA IF NOT EXISTS freshet;

CREATE TABLE freshet.cache_namespaces (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name              varchar(100) NOT NULL UNIQUE
        CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    default_ttl       integer NOT NULL DEFAULT 3600 CHECK (default_ttl > 0),
    max_size_mb       integer NOT NULL DEFAULT 100 CHECK (max_size_mb > 0),
    eviction_policy   varchar(20) NOT NULL DEFAULT 'LRU'
        CHECK (eviction_policy IN ('LRU', 'LFU', 'TTL', 'NONE')),
    max_staleness_ms  bigint NOT NULL DEFAULT 2000 CHECK (max_staleness_ms > 0),
    on_stale          varchar(20) NOT NULL DEFAULT 'BYPASS'
        CHECK (on_stale IN ('BYPASS', 'SERVE_STALE', 'REFUSE')),
    max_value_bytes   bigint NOT NULL DEFAULT 1048576 CHECK (max_value_bytes > 0),
    put_without_token boolean NOT NULL DEFAULT false,
    source_database   text,
    source_sql        text,
    source_timeout_ms bigint CHECK (source_timeout_ms > 0),
    source_tags       text[] NOT NULL DEFAULT '{}',
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    version           bigint NOT NULL DEFAULT 1,
    CONSTRAINT cache_namespaces_source_is_whole CHECK (
        (source_sql IS NULL AND source_database IS NULL AND source_timeout_ms IS NULL
            AND source_tags = '{}')
        OR (source_sql IS NOT NULL AND source_database IS NOT NULL
            AND source_timeout_ms IS NOT NULL))
);

COMMENT ON TABLE freshet.cache_namespaces IS 'Logical caches and how they behave.';
COMMENT ON COLUMN freshet.cache_namespaces.default_ttl IS 'Seconds.';
COMMENT ON COLUMN freshet.cache_namespaces.version IS 'Counts the changes of this row.';

CREATE FUNCTION freshet.touch_namespace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;

CREATE TRIGGER touch_namespace BEFORE UPDATE ON freshet.cache_namespaces
    FOR EACH ROW EXECUTE FUNCTION freshet.touch_namespace();

-- One row, one number: every node polls it. Writers queue for the row, so that no change can
-- become visible under a number that a node has seen already.
CREATE TABLE freshet.cache_namespaces_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);

INSERT INTO freshet.cache_namespaces_version (version) VALUES (1);

CREATE FUNCTION freshet.count_namespace_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE freshet.cache_namespaces_version SET version = version + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER count_namespace_change
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON freshet.cache_namespaces
    FOR EACH STATEMENT EXECUTE FUNCTION freshet.count_namespace_change();
