package io.freshet.engine.store;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.util.concurrent.CompletionStage;

/** The reads of one key that a store answers. Thread-safe; does not block. */
@FunctionalInterface
public interface StoreReads {

    /** Entry and marker, read together; fails with {@link StoreUnavailableException}. */
    CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key);
}
