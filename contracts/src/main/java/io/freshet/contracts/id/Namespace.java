package io.freshet.contracts.id;

/**
 * Name of a logical cache with a key space of its own.
 *
 * <p>1 to 100 letters, digits, {@code _}, {@code -} and {@code .}, beginning with a letter or
 * digit.
 */
public record Namespace(String value) implements Comparable<Namespace> {

    private static final int MAX_LENGTH = 100;

    public Namespace {
        if (!isLegal(value)) {
            throw new IllegalIdentifierException(
                    "namespace",
                    "a namespace is 1 to 100 letters, digits, '_', '-' or '.', beginning with a"
                            + " letter or digit");
        }
    }

    private static boolean isLegal(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
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
