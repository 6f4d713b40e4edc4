package io.freshet.cdc.database;

/** The source database cannot be captured as it is; the message names the mend. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
