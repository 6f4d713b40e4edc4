-- Nodes hear of a change by way of change capture, within milliseconds: the message is an
-- invalidation of the key 'catalog' in a namespace that nobody declares. Where nothing captures the
-- changes of this database, the number that nodes poll is what they go by.
CREATE OR REPLACE FUNCTION freshet.count_namespace_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE freshet.cache_namespaces_version SET version = version + 1;
    PERFORM pg_logical_emit_message(
        true,
        'freshet.invalidation',
        convert_to(
            '{"schema": 1, "type": "key", "namespace": "freshet.namespaces", "key": "catalog",'
                || ' "cause": {"kind": "sql", "detail": "the catalog of namespaces changed"}}',
            'UTF8'));
    RETURN NULL;
END $$;
