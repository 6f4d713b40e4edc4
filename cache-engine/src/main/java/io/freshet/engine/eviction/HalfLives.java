package io.freshet.engine.eviction;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.KeyHash;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The half-lives that suit the namespaces, by what this node reads and writes: each node finds its
 * own. Thread-safe.
 */
public final class HalfLives {

    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private final Map<Namespace, Trial> trials = new ConcurrentHashMap<>();
    private final Map<Namespace, Long> held = new ConcurrentHashMap<>();

    public HalfLife of(Namespace namespace) {
        Trial trial = trials.get(namespace);
        return trial == null ? HalfLife.MIDDLE : trial.best();
    }

    /** Notes how many entries a namespace holds, which matters where no bound says it. */
    public void holds(Namespace namespace, long entries) {
        held.put(namespace, entries);
    }

    /** Sees a key read or written. */
    public void used(NamespaceConfig config, EntryKey key, int uses) {
        if (config.policyOf(key) == EvictionPolicy.LFU) {
            long hash = KeyHash.of(config.name(), key) * MIXER;
            trials.computeIfAbsent(config.name(), _ -> new Trial())
                    .access(hash ^ hash >>> 32, uses, entriesOf(config));
        }
    }

    private long entriesOf(NamespaceConfig config) {
        long bound = config.bounds().maxEntries();
        return bound > 0 ? bound : held.getOrDefault(config.name(), 0L);
    }
}
