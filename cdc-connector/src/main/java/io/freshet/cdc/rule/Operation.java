package io.freshet.cdc.rule;

/** What happened to a table's rows. A changed primary key is an update. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
}
