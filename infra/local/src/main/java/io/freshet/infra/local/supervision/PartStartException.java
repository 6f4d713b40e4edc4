package io.freshet.infra.local.supervision;

/** A part could not be started; the message tells the user why. */
public final class PartStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public PartStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
