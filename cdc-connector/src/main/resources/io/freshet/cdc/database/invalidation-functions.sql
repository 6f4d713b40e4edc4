-- Invalidation from SQL, for a source database: docs/cdc.md. Run by cdc-connector when it starts, or
-- by somebody who may if its user may not. Running it again changes nothing.
--
-- A call writes one transactional message into the log; cdc-connector makes an invalidation of it when
-- the transaction has committed and its changes can be seen. Nobody may call before it is granted.
-- The functions run with their owner's rights.
--
-- Raise the version in the comment at the end with every change here.

DO $$ BEGIN
    IF to_regnamespace('freshet') IS NULL THEN
        CREATE SCHEMA freshet;
    END IF;
END $$;

-- What a barrier must cover when messages were lost. No unique index: callers must not wait for each other.
CREATE TABLE IF NOT EXISTS freshet.invalidated_namespaces (
    name text NOT NULL CHECK (name COLLATE "C" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$')
);
COMMENT ON TABLE freshet.invalidated_namespaces IS 'Namespaces that were ever invalidated from SQL.';

CREATE OR REPLACE FUNCTION freshet.require_legal(kind text, value text, most_bytes integer)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    problem := CASE
        WHEN value IS NULL THEN 'must not be NULL'
        WHEN value = '' THEN 'must not be empty'
        WHEN octet_length(convert_to(value, 'UTF8')) > most_bytes
            THEN format('must be at most %s bytes of UTF-8, this one has %s',
                        most_bytes, octet_length(convert_to(value, 'UTF8')))
        WHEN value COLLATE "C" ~ '[\u0001-\u001F\u007F-\u009F]'
            THEN 'must not contain control characters'
        WHEN kind = 'pattern' AND value COLLATE "C" !~ '^(\\.|\[(\\.|[^]\\])*\]|[^\\[])*$'
            THEN 'must not have a ''['' without its '']'' or end with a single ''\'''
    END;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'a % %', kind, problem USING ERRCODE = 'invalid_parameter_value';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION freshet.emit_invalidation(
    namespace text, type text, value text, mode text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    message jsonb;
BEGIN
    IF namespace IS NULL OR namespace COLLATE "C" !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' THEN
        RAISE EXCEPTION 'illegal namespace %', quote_nullable(left(namespace, 100))
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'A namespace is 1 to 100 letters, digits, ''_'', ''-'' or ''.'','
                         ' beginning with a letter or digit.';
    END IF;
    IF mode IS NULL OR mode NOT IN ('hard', 'soft') THEN
        RAISE EXCEPTION 'illegal mode %', quote_nullable(left(mode, 100))
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'A mode is ''hard'' or ''soft''.';
    END IF;
    message := jsonb_build_object(
        'schema', 1, 'type', type, 'namespace', namespace, 'mode', mode,
        'cause', jsonb_build_object('kind', 'sql', 'detail', session_user::text));
    IF type <> 'namespace' THEN
        PERFORM freshet.require_legal(type, value, CASE type WHEN 'tag' THEN 256 ELSE 512 END);
        message := message || jsonb_build_object(type, value);
    END IF;
    IF NOT EXISTS (
            SELECT FROM freshet.invalidated_namespaces n
            WHERE n.name = emit_invalidation.namespace) THEN
        INSERT INTO freshet.invalidated_namespaces VALUES (namespace);
    END IF;
    PERFORM pg_logical_emit_message(
        true, 'freshet.invalidation', convert_to(message::text, 'UTF8'));
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_key(
    namespace text, key text, mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.emit_invalidation(namespace, 'key', key, mode);
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_keys(
    namespace text, keys text[], mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key text;
BEGIN
    IF keys IS NULL THEN
        RAISE EXCEPTION 'keys must not be NULL'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'array_agg of no rows is NULL: write coalesce(array_agg(...), ''{}'').';
    END IF;
    FOREACH key IN ARRAY keys LOOP
        PERFORM freshet.emit_invalidation(namespace, 'key', key, mode);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_tag(
    namespace text, tag text, mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.emit_invalidation(namespace, 'tag', tag, mode);
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_tags(
    namespace text, tags text[], mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tag text;
BEGIN
    IF tags IS NULL THEN
        RAISE EXCEPTION 'tags must not be NULL'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'array_agg of no rows is NULL: write coalesce(array_agg(...), ''{}'').';
    END IF;
    FOREACH tag IN ARRAY tags LOOP
        PERFORM freshet.emit_invalidation(namespace, 'tag', tag, mode);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_pattern(
    namespace text, pattern text, mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.emit_invalidation(namespace, 'pattern', pattern, mode);
END $$;

CREATE OR REPLACE FUNCTION freshet.invalidate_namespace(namespace text, mode text DEFAULT 'hard')
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.emit_invalidation(namespace, 'namespace', NULL, mode);
END $$;

REVOKE ALL ON FUNCTION
    freshet.require_legal(text, text, integer),
    freshet.emit_invalidation(text, text, text, text),
    freshet.invalidate_key(text, text, text),
    freshet.invalidate_keys(text, text[], text),
    freshet.invalidate_tag(text, text, text),
    freshet.invalidate_tags(text, text[], text),
    freshet.invalidate_pattern(text, text, text),
    freshet.invalidate_namespace(text, text)
FROM PUBLIC;

COMMENT ON FUNCTION freshet.emit_invalidation(text, text, text, text)
IS 'Freshet, invalidation functions, version 2';
