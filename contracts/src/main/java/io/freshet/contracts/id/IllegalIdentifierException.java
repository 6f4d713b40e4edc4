package io.freshet.contracts.id;

/** Text that is not a legal identifier; the message says which rule it breaks. */
public final class IllegalIdentifierException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    IllegalIdentifierException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What was being named: {@code namespace}, {@code key}, {@code tag} or {@code pattern}. */
    public String kind() {
        return kind;
    }
}
