package io.freshet.warmer.verify;

import java.time.Instant;

/** What became of invalidations on their way. Thread-safe; blocks. */
public interface Trail {

    /**
     * Waits until everything that was committed, or stood in the inbox, by then is in force on this
     * node.
     *
     * @return whether it is; not when that takes too long
     */
    boolean awaitPast(Spot spot, Instant time) throws InterruptedException;

    /** Whether an invalidation of the key stands in the inbox that was written between the two. */
    boolean isInInbox(Spot spot, Instant from, Instant to);

    /** What this node knows. */
    Here here(Spot spot);
}
