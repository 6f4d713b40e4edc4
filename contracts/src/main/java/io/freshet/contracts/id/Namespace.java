package io.freshet.contracts.id;

import java.util.regex.Pattern;

/**
 * Name of a logical cache with a key space of its own.
 *
 * <p>1 to 100 letters, digits, {@code _}, {@code -} and {@code .}, beginning with a letter or
 * digit.
 */
public record Namespace(String value) implements Comparable<Namespace> {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public Namespace {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalIdentifierException(
                    "namespace",
                    "a namespace is 1 to 100 letters, digits, '_', '-' or '.', beginning with a"
                            + " letter or digit");
        }
    }

    @Override
    public int compareTo(Namespace other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
