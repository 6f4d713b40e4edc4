package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.ReadOptions;
import java.util.concurrent.CompletionStage;

/** Waits until this node knows what a reader has already seen: read your own writes. */
@FunctionalInterface
public interface Arrival {

    /**
     * Waits a moment for the invalidation and the commit that the options name.
     *
     * @return whether they are in force here; if not the cache must not answer
     */
    CompletionStage<Boolean> of(Namespace namespace, EntryKey key, ReadOptions options);
}
