package io.freshet.engine.lease;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.util.concurrent.CompletionStage;

/**
 * Leases that all nodes share, at most one a key. Thread-safe; nothing blocks.
 *
 * <p>Failure modes: a store that cannot be reached fails the claim with {@link
 * io.freshet.engine.store.StoreUnavailableException}; one that loses its memory frees every lease;
 * a message that is lost costs whoever waits the rest of the lease.
 */
public interface LeaseStore {

    /** Bids for the lease of a key, and looks whether there is still reason to: one step. */
    CompletionStage<Claim> claim(Namespace namespace, EntryKey key, Bid bid);

    /**
     * Gives a lease up, whether or not the key was filled, and tells those who wait for it. Nothing
     * waits for the answer, and somebody else's lease stays.
     */
    void release(Namespace namespace, EntryKey key, Holder holder);
}
