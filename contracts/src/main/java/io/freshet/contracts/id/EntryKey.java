package io.freshet.contracts.id;

/** Key of an entry inside its namespace: 1 to 512 bytes of UTF-8 without control characters. */
public record EntryKey(String value) implements Comparable<EntryKey> {

    /** Longest legal key, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    public EntryKey {
        Text.requireLegal("key", value, MAX_BYTES);
    }

    @Override
    public int compareTo(EntryKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
