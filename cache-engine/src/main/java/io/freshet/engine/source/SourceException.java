package io.freshet.engine.source;

import org.jspecify.annotations.Nullable;

/** A source that could not be read. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public SourceException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** It did not answer within the namespace's timeout. */
        TIMEOUT,
        /** It cannot be reached. */
        UNAVAILABLE,
        /** It refused this key, such as text for a numeric column. */
        REJECTED
    }
}
