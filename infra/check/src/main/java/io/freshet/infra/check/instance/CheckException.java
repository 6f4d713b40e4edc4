package io.freshet.infra.check.instance;

/** The check cannot be done; the message is for the user. */
public final class CheckException extends Exception {
    private static final long serialVersionUID = 1L;

    public CheckException(String message) {
        super(message);
    }

    public CheckException(String message, Throwable cause) {
        super(message, cause);
    }
}
