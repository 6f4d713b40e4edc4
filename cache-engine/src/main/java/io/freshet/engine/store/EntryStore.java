package io.freshet.engine.store;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The tier that all nodes share, as a node uses it.
 *
 * <p>Every method is one atomic step in the key's bucket, does not block, and fails with {@link
 * StoreUnavailableException} when the store cannot be reached. Thread-safe.
 */
public interface EntryStore extends StoreReads {

    /** As {@link #read}, for many keys; answers stand in the order of the keys. */
    CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> keys);

    /** Stores what was read from a source, unless it comes too late. */
    CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry);

    /** Stores what a caller holds to be true, in a namespace without a source. */
    CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry);

    /**
     * Evicts the entry if it is stamped below {@code killsBelow} and raises {@code begun} to it:
     * ahead of the applier, and always safe.
     *
     * @return whether an entry was removed
     */
    CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow);
}
