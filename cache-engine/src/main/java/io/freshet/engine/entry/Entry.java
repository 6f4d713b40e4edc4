package io.freshet.engine.entry;

import java.util.Arrays;

/**
 * A header and the value's bytes, exactly as they came. The array is shared, not copied: nobody
 * writes to it.
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Entry(EntryHeader header, byte[] value) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry(var otherHeader, var otherValue)
                && header.equals(otherHeader)
                && Arrays.equals(value, otherValue);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Entry[" + header + ", " + value.length + " bytes]";
    }
}
