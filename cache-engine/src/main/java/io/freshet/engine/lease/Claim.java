package io.freshet.engine.lease;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.StoredEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What became of a {@link Bid}. */
public sealed interface Claim {

    /** The bidder holds the lease. */
    record Taken() implements Claim {}

    /**
     * Another holds it.
     *
     * @param by the log position that the other had noted
     * @param left after which it is free, if nothing is heard of the other
     * @param freed done when the other gives it up, or may have unheard; cancel it when nobody
     *     waits for that any more
     */
    record Held(Stamp by, Duration left, CompletableFuture<Void> freed) implements Claim {}

    /** The store has an entry that the bidder has not seen; nobody was given a lease. */
    record Filled(StoredEntry stored) implements Claim {}
}
