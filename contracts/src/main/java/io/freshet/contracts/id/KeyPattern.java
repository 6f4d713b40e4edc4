package io.freshet.contracts.id;

import java.util.Objects;

/**
 * A glob over the keys of a namespace, such as {@code user:*}: 1 to 512 bytes of UTF-8.
 *
 * <p>{@code *} matches any run, {@code ?} one character, {@code [a-z]} and {@code [^a-z]} one of a
 * set, {@code \} takes the next character literally.
 */
public final class KeyPattern implements Comparable<KeyPattern> {

    private static final int MAX_BYTES = 512;

    private final String value;
    private final Glob glob;

    public KeyPattern(String value) {
        this.value = Text.requireLegal("pattern", value, MAX_BYTES);
        this.glob = new Glob(value);
    }

    public String value() {
        return value;
    }

    public boolean matches(EntryKey key) {
        return glob.matches(key.value());
    }

    /** What every matching key begins with, for range scans; may be empty. */
    public String literalPrefix() {
        return glob.literalPrefix();
    }

    @Override
    public int compareTo(KeyPattern other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPattern that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
