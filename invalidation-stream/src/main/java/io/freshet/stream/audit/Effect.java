package io.freshet.stream.audit;

import io.freshet.contracts.position.Stamp;
import java.time.Instant;

/**
 * What an invalidation did to entries in Redis, as far as is known.
 *
 * @param position of the invalidation
 * @param evicted entries that were removed, or marked
 * @param exact whether that is exact: invalidations that are carried out in one step are counted
 *     together
 * @param at when the last of them went
 */
record Effect(int partition, Stamp position, long evicted, boolean exact, Instant at) {

    Effect and(Effect later) {
        return new Effect(
                partition,
                position,
                evicted + later.evicted,
                exact && later.exact,
                later.at.isAfter(at) ? later.at : at);
    }
}
