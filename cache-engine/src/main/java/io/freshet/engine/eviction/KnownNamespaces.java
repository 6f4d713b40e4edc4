package io.freshet.engine.eviction;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The namespaces that this node was asked about, as they were last, and how their uses age. A write
 * in one of which nothing is known has no bounds. Thread-safe.
 */
public final class KnownNamespaces {

    private final Map<Namespace, NamespaceConfig> known = new ConcurrentHashMap<>();
    private final HalfLives halfLives = new HalfLives();
    private volatile Consumer<Namespace> onNew = _ -> {};

    /** Has something done for each namespace when it becomes known. */
    public void onNew(Consumer<Namespace> listener) {
        onNew = listener;
    }

    /** Remembers how a namespace is now. */
    @SuppressWarnings("ReferenceEquality") // on each read: the same object as a rule
    public void note(NamespaceConfig config) {
        if (known.get(config.name()) != config && known.put(config.name(), config) == null) {
            onNew.accept(config.name());
        }
    }

    public NamespaceConfig of(Namespace namespace) {
        NamespaceConfig config = known.get(namespace);
        return config == null ? unbounded(namespace) : config;
    }

    /** By what this node has seen of them. */
    public HalfLives halfLives() {
        return halfLives;
    }

    public Collection<NamespaceConfig> all() {
        return known.values();
    }

    private static NamespaceConfig unbounded(Namespace namespace) {
        return NamespaceConfig.builder(namespace)
                .bounds(new Bounds(0, 0, EvictionPolicy.LRU, Bounds.DEFAULT.maxValueBytes()))
                .build();
    }
}
