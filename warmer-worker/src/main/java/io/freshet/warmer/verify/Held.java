package io.freshet.warmer.verify;

import io.freshet.contracts.position.Stamp;
import java.time.Instant;

/**
 * What a node says of the entry that it answers with.
 *
 * @param created when its value was loaded, or put
 * @param killer the last position that the node knows of at which the key was invalidated hard
 * @param applied up to where its bucket in Redis has carried out invalidations
 * @param nearby whether it is in the node's memory, for which {@code applied} does not speak
 * @param knownAbsent whether the entry says that the source has nothing
 */
public record Held(
        Instant created,
        Stamp stamp,
        Stamp killer,
        Stamp applied,
        boolean nearby,
        boolean knownAbsent) {

    /** Whether the node knows of an invalidation that the entry does not survive. */
    boolean isKilled() {
        return stamp.isKilledBy(killer);
    }

    /** Whether Redis has evicted what that invalidation is about. */
    boolean isEvictionApplied() {
        return nearby || !applied.isKilledBy(killer);
    }
}
