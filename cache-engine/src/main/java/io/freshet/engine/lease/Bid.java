package io.freshet.engine.lease;

import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody offers for the lease of a key.
 *
 * @param stamp the log position that was noted before: what is loaded under the lease is no older
 * @param length for how long it is honoured
 * @param over a holder stamped at or below it is displaced, since the bidder knows that it is
 *     behind; null when any holder is waited for
 * @param seen when the entry was created that the bidder found in the store, and that will not do;
 *     null when it found none
 */
public record Bid(
        Holder holder,
        Stamp stamp,
        Duration length,
        @Nullable Stamp over,
        @Nullable Instant seen) {}
