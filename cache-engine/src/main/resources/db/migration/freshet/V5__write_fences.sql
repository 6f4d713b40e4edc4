-- How far the log of writes was applied, by key: written in the transaction of each write.
CREATE TABLE freshet.write_fences (
    namespace   text        NOT NULL,
    key         text        NOT NULL,
    log         text        NOT NULL,
    next_offset bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (namespace, key)
);
CREATE INDEX write_fences_at ON freshet.write_fences (at);
