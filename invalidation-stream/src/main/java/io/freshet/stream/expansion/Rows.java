package io.freshet.stream.expansion;

import org.jspecify.annotations.Nullable;

/** A table of bytes in key order. For one thread. Arrays are handed over, never copied. */
public interface Rows {

    byte @Nullable [] get(RowKey key);

    void put(RowKey key, byte[] value);

    void delete(RowKey key);

    /**
     * Visits in key order the rows that begin with {@code prefix}.
     *
     * @param after where to begin, exclusive; null begins with the first
     * @param visitor must not write; returns whether to go on
     */
    void scan(RowKey prefix, @Nullable RowKey after, Visitor visitor);

    /** Is shown rows. */
    @FunctionalInterface
    interface Visitor {

        boolean visit(RowKey key, byte[] value);
    }
}
