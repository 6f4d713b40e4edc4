-- What was invalidated, a row for each invalidation in each partition of the log; 'leads' is true of
-- one of them. Keys of one transaction and rule share a row. Positions are packed stamps.
CREATE TABLE freshet.audit (
    id              bigint GENERATED ALWAYS AS IDENTITY,
    at              timestamptz NOT NULL,
    leads           boolean     NOT NULL,
    partition       int         NOT NULL,
    first_position  bigint      NOT NULL,
    last_position   bigint      NOT NULL,
    inbox_partition int         NOT NULL,
    inbox_offset    bigint      NOT NULL,
    event_id        text,
    occurred_at     timestamptz,
    namespace       text        NOT NULL,
    type            text        NOT NULL,
    targets         text[]      NOT NULL,
    count           bigint      NOT NULL,
    mode            text        NOT NULL,
    lsn             text,
    kind            text        NOT NULL,
    source          text,
    transaction     bigint,
    detail          text
) PARTITION BY RANGE (at);
CREATE INDEX audit_at ON freshet.audit (at, id) WHERE leads;
CREATE INDEX audit_namespace ON freshet.audit (namespace, at, id) WHERE leads;
CREATE INDEX audit_transaction ON freshet.audit (transaction) WHERE leads;
CREATE INDEX audit_inbox ON freshet.audit (inbox_partition, inbox_offset);
CREATE INDEX audit_targets ON freshet.audit USING gin (targets);

-- What became of an invalidation in Redis, by its position in the log.
CREATE TABLE freshet.audit_effects (
    at        timestamptz NOT NULL,
    partition int         NOT NULL,
    position  bigint      NOT NULL,
    evicted   bigint      NOT NULL,
    exact     boolean     NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX audit_effects_position ON freshet.audit_effects (partition, position);

-- How far each partition of the log is in the audit, written in the transaction of its rows.
CREATE TABLE freshet.audit_progress (
    epoch       int      NOT NULL,
    partition   int      NOT NULL,
    next_offset bigint   NOT NULL,
    seen        bigint[] NOT NULL,
    PRIMARY KEY (epoch, partition)
);

-- Makes what a day's rows need.
CREATE FUNCTION freshet.audit_day(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['audit', 'audit_effects'] LOOP
        IF to_regclass(format('freshet.%s_%s', parent, to_char(day, 'YYYYMMDD'))) IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtext('freshet.audit'));
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS freshet.%I PARTITION OF freshet.%I FOR VALUES FROM (%L) TO (%L)',
                parent || '_' || to_char(day, 'YYYYMMDD'), parent,
                day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
        END IF;
    END LOOP;
END $$;

-- Drops the days before one; answers how many tables went.
CREATE FUNCTION freshet.audit_forget(before date) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    old  text;
    gone int := 0;
BEGIN
    FOR old IN
        SELECT c.relname FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent IN ('freshet.audit'::regclass, 'freshet.audit_effects'::regclass)
          AND right(c.relname, 8) < to_char(before, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE IF EXISTS freshet.%I', old);
        gone := gone + 1;
    END LOOP;
    RETURN gone;
END $$;
