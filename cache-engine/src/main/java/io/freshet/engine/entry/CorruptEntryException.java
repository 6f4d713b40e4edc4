package io.freshet.engine.entry;

/** Bytes that are no entry of a format version known here: damaged, foreign or newer. */
public final class CorruptEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    CorruptEntryException(String message) {
        super(message);
    }

    CorruptEntryException(String message, Throwable cause) {
        super(message, cause);
    }
}
