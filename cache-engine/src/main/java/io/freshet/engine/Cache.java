package io.freshet.engine;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The cache as the callers of one node use it. Thread-safe; nothing blocks; expected outcomes are
 * values, and a failed stage is a defect or a lost Kafka.
 */
public interface Cache {

    /** Reads, from memory, from Redis or through the source; what is no probe counts as traffic. */
    CompletionStage<Lookup> get(NamespaceConfig namespace, EntryKey key, ReadOptions options);

    /**
     * Reads many keys, in one round trip to each part of Redis. The answers stand in the order of
     * the keys.
     */
    CompletionStage<List<Lookup>> getAll(NamespaceConfig namespace, List<EntryKey> keys);

    /**
     * Reads, without loading, for a caller who will load a value that is missing: one of all in the
     * cluster is told to.
     *
     * @param patience for how long a value is waited for that another caller loads
     */
    CompletionStage<LeaseLookup> lease(
            NamespaceConfig namespace, EntryKey key, ReadOptions options, Duration patience);

    /**
     * Stores a value without a token: in a namespace without a source, or one that allows it; or
     * writes it to the source, where the namespace says so.
     *
     * @return {@link PutResult.TokenRequired} in a namespace with a source that does not
     */
    CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value);

    /** Stores a value that the caller loaded after the miss that handed out the token. */
    CompletionStage<PutResult> put(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token);

    /**
     * Removes an entry everywhere: invalidates the key, hard.
     *
     * @return whether there was a fresh one; fails when Kafka does not take the event
     */
    CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key, Cause cause);

    /** Publishes an invalidation and waits a moment for it to be in force here. */
    CompletionStage<Receipt> invalidate(Target target, Mode mode, Cause cause);

    /** Loads a key unless a fresh entry is there. */
    CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key);
}
