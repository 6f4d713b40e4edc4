package io.freshet.engine.store;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.entry.Entry;
import org.jspecify.annotations.Nullable;

/**
 * This node's own copies. It decides nothing about freshness: whoever reads judges. A copy carries
 * the stamp that it has here. Thread-safe.
 */
public interface NearTier {

    @Nullable Entry get(Namespace namespace, EntryKey key);

    /** The same, where uses are counted without counting as one. */
    default @Nullable Entry peek(Namespace namespace, EntryKey key) {
        return get(namespace, key);
    }

    void put(Namespace namespace, EntryKey key, Entry entry);

    void drop(Namespace namespace, EntryKey key);
}
