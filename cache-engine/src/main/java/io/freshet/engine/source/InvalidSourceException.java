package io.freshet.engine.source;

/** A source that cannot work as it is configured; the message says why and how to mend it. */
public final class InvalidSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSourceException(String message) {
        super(message);
    }
}
