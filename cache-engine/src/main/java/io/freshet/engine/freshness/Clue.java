package io.freshet.engine.freshness;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.Stamp;

/**
 * What is remembered of invalidations of one thing that an entry falls under.
 *
 * @param hard position of the last hard one, or {@link Stamp#ZERO}
 * @param soft position of the last soft one, or {@link Stamp#ZERO}
 */
public record Clue(Target about, Stamp hard, Stamp soft) {

    static Clue of(Target about, Invalidated at) {
        return new Clue(about, new Stamp(at.hard()), new Stamp(at.soft()));
    }

    boolean isNone() {
        return hard.equals(Stamp.ZERO) && soft.equals(Stamp.ZERO);
    }

    /** The later of the two. */
    public Stamp last() {
        return Stamp.max(hard, soft);
    }
}
