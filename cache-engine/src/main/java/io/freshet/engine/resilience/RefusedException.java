package io.freshet.engine.resilience;

/** A call that was not made, to spare a server. Carries no stack trace: it is no defect. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** Its circuit is open. */
        OPEN,
        /** Too many wait for a turn. */
        CROWDED,
        /** There was no turn in time, or no answer after it. */
        LATE
    }
}
