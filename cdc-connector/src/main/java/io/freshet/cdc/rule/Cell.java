package io.freshet.cdc.rule;

/** What a row image knows of one column. */
public sealed interface Cell {

    /** A value, as {@code column::text} would write it. */
    record Text(String value) implements Cell {}

    /**
     * A value of a type without a stable text: it can be compared, not written.
     *
     * @param value equal when the column's values are
     */
    record Opaque(Object value) implements Cell {}

    /** SQL's NULL. */
    record Null() implements Cell {}

    /**
     * Not told: a large value that the update left alone, or a column that the table's replica
     * identity does not log.
     */
    record Unknown() implements Cell {}

    Cell NULL = new Null();
    Cell UNKNOWN = new Unknown();
}
