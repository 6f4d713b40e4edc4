package io.freshet.infra.local.supervision;

import java.time.Duration;

/** A part's process. Used by its keeper's thread only, but for {@link #pid}. */
public interface RunningPart {
    long pid();

    boolean isAlive();

    /** Asks it now, waiting for the answer a second at most. */
    Health health();

    /**
     * Ends it: politely, and when it is still there after the grace, by SIGKILL. It is gone on
     * return.
     */
    void stop(Duration grace);

    /** What a part says of itself. */
    sealed interface Health {
        /** It can do its work. */
        record Good() implements Health {}

        /** It cannot, yet or any more. */
        record Bad(String why) implements Health {}
    }
}
