package io.freshet.engine.eviction;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;

/**
 * Shortens TTLs, so that entries which were written together do not end together: by up to as many
 * percent as the namespace says, and for a key by the same part each time.
 */
public final class TtlJitter {

    private static final int STEPS = 1 << 16;

    private TtlJitter() {}

    /** The TTL of an entry, of the one that was meant for it. */
    public static Duration of(NamespaceConfig namespace, EntryKey key, Duration ttl) {
        if (namespace.ttlJitter() == 0) {
            return ttl;
        }
        long step = KeyHash.of(namespace.name(), key) >>> 48;
        double part = namespace.ttlJitter() / 100.0 * step / STEPS;
        return ttl.minusMillis((long) (ttl.toMillis() * part));
    }
}
