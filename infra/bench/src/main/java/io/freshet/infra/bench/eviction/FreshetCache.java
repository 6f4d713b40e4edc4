package io.freshet.infra.bench.eviction;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisEntryStore;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.redis.Upkeep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A namespace within bounds, as a node uses it. */
final class FreshetCache implements ReplayedCache, AutoCloseable {

    private static final Namespace NAME = new Namespace("bench");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofHours(1);

    private final NamespaceConfig config;
    private final RedisConnections connections;
    private final RedisEntryStore store;
    private final Touches touches = new Touches(Touches.PLACES);
    private final Upkeep upkeep;
    private final byte[] value;
    private final int batch;
    private int reads;

    /**
     * Connects.
     *
     * @param maxEntries bound; 0 for none
     */
    FreshetCache(String uri, EvictionPolicy policy, int maxEntries, int valueBytes) {
        config =
                NamespaceConfig.builder(NAME)
                        .bounds(new Bounds(maxEntries, 0, policy, 1 << 20))
                        .build();
        var known = new KnownNamespaces();
        known.note(config);
        connections =
                RedisConnector.connect(
                        RedisOptions.of(uri)
                                .commandTimeout(PATIENCE)
                                .circuit(RedisOptions.DEFAULT_CIRCUIT.slowFrom(PATIENCE)),
                        new SimpleMeterRegistry());
        var keys = new RedisKeys(new Partitioning(4, 64), "");
        store = new RedisEntryStore(connections, keys, known);
        upkeep = new Upkeep(connections, keys, known, touches);
        value = new byte[valueBytes];
        batch = Math.max(1, maxEntries / 20);
    }

    @Override
    public boolean access(int number) {
        var key = new EntryKey("k" + number);
        if (store.read(NAME, key).toCompletableFuture().join().entry() == null) {
            put(key).join();
            return false;
        }
        touches.read(config, key);
        if (++reads % batch == 0) {
            upkeep.note();
        }
        return true;
    }

    CompletableFuture<?> put(EntryKey key) {
        Instant now = Instant.now();
        var header =
                new EntryHeader(
                        EntryHeader.Kind.VALUE,
                        Stamp.of(1, 1),
                        Stamp.ZERO,
                        now,
                        now.plus(TTL),
                        now.plus(TTL),
                        Duration.ofMillis(1),
                        EntryHeader.JSON,
                        Set.of());
        return store.put(NAME, key, new Entry(header, value)).toCompletableFuture();
    }

    @Override
    public void close() {
        upkeep.close();
        connections.close();
    }
}
