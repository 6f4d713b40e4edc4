package io.freshet.engine.resilience;

/** Whether a server is asked. */
public enum CircuitState {
    /** It is. */
    CLOSED(0),
    /** A few calls try whether it is back. */
    HALF_OPEN(1),
    /** It is not, for a while; it stays so until somebody calls after that. */
    OPEN(2);

    private final int level;

    CircuitState(int level) {
        this.level = level;
    }

    /** How bad it is, as metrics show it. */
    public int level() {
        return level;
    }
}
