package io.freshet.warmer.worth;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.engine.namespace.NamespaceConfig;

/**
 * The keys of a namespace that are not warmed: a share of all, chosen by their hash, so that it is
 * the same ones in every worker and after every restart.
 *
 * @param percent of the keys
 */
public record HoldOut(Namespace namespace, int percent) {

    /** Bits of the hash that say neither the bucket nor the partition. */
    private static final int SHIFT = 32;

    public static HoldOut of(NamespaceConfig namespace) {
        return new HoldOut(namespace.name(), namespace.warming().holdOut());
    }

    public boolean holds(EntryKey key) {
        return (KeyHash.of(namespace, key) >>> SHIFT) % 100 < percent;
    }
}
