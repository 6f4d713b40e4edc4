package io.freshet.contracts.id;

/**
 * Label that entries of one namespace share so that they can be invalidated together: 1 to 256
 * bytes of UTF-8 without control characters.
 */
public record Tag(String value) implements Comparable<Tag> {

    /** Longest legal tag, in bytes of UTF-8. */
    public static final int MAX_BYTES = 256;

    public Tag {
        Text.requireLegal("tag", value, MAX_BYTES);
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
