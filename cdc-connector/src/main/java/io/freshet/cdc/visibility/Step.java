package io.freshet.cdc.visibility;

import java.time.Duration;

/**
 * Something to do now, in this order.
 *
 * @param <W> work, which goes out as invalidations
 * @param <B> a heartbeat
 * @param <P> a position to restart from
 */
public sealed interface Step<W, B, P> {

    /**
     * Publish some changes.
     *
     * @param waited since they were delivered
     */
    record Publish<W, B, P>(W work, Timing timing, Duration waited) implements Step<W, B, P> {}

    /** Forward a heartbeat. */
    record Forward<W, B, P>(B heartbeat) implements Step<W, B, P> {}

    /** Everything before the position is published for good: a restart may begin there. */
    record Advance<W, B, P>(P position) implements Step<W, B, P> {}

    /** When changes are published, relative to their becoming visible. */
    enum Timing {
        /** New readers see them. */
        VISIBLE,
        /** Not yet visible, but waited for long enough; they are owed once more. */
        EARLY,
        /** Published early before, and visible now. */
        AGAIN
    }
}
