package io.freshet.engine.freshness;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;

/**
 * The last positions at which something was invalidated, packed as in {@link Stamp}; 0 is never.
 * Hard and soft are kept apart: a later soft one must not hide an earlier hard one.
 */
record Invalidated(long hard, long soft) {

    static final Invalidated NEVER = new Invalidated(0, 0);

    static Invalidated at(Stamp position, Mode mode) {
        return switch (mode) {
            case HARD -> new Invalidated(position.packed(), 0);
            case SOFT -> new Invalidated(0, position.packed());
        };
    }

    Invalidated and(Invalidated other) {
        if (other.hard <= hard && other.soft <= soft) {
            return this;
        }
        return new Invalidated(Math.max(hard, other.hard), Math.max(soft, other.soft));
    }
}
