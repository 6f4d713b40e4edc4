package io.freshet.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.store.StoredEntry;
import io.freshet.infra.servers.SharedServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A store on a real Redis under a prefix of its own, and a plain connection to look behind it. */
final class TestRedis implements AutoCloseable {

    static final Namespace USERS = new Namespace("users");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final EntryKey ALICE = new EntryKey("alice");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RedisConnections connections;
    final RedisKeys keys;
    final KnownNamespaces known = new KnownNamespaces();
    final RedisEntryStore store;
    final RedisBuckets buckets;
    final RedisApplier applier;

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> plain;

    /** Another node on the same data, which knows the same namespaces. */
    RedisEntryStore anotherNode() {
        return new RedisEntryStore(connections, keys, known);
    }

    private TestRedis(RedisOptions options, Partitioning partitioning) {
        connections = RedisConnector.connect(options, meters);
        keys = new RedisKeys(partitioning, options.prefix());
        store = new RedisEntryStore(connections, keys, known);
        buckets = new RedisBuckets(connections, keys);
        applier = new RedisApplier(connections, keys);
        client = RedisClient.create(options.uri());
        plain = client.connect(ByteArrayCodec.INSTANCE);
    }

    static TestRedis shared() {
        return at(SharedServers.redis().uri(), 16);
    }

    static TestRedis at(String uri, int buckets) {
        String prefix = SharedServers.freshName("redis") + ":";
        RedisOptions patient =
                RedisOptions.of(uri)
                        .commandTimeout(PATIENCE)
                        .circuit(RedisOptions.DEFAULT_CIRCUIT.slowFrom(PATIENCE));
        return new TestRedis(patient.prefix(prefix), new Partitioning(4, buckets));
    }

    RedisCommands<byte[], byte[]> plain() {
        return plain.sync();
    }

    int bucket(EntryKey key) {
        return keys.bucketOf(USERS, key);
    }

    byte[] rawKey(EntryKey key) {
        return keys.entry(USERS, key);
    }

    byte[] rawMarker(EntryKey key) {
        return keys.marker(USERS, bucket(key));
    }

    StoredEntry read(EntryKey key) {
        return await(store.read(USERS, key));
    }

    /** What the namespace holds by its accounts. */
    Usage usage() {
        return Usage.of(await(buckets.survey(known.of(USERS))));
    }

    NamespaceConfig within(Bounds bounds) {
        var config = NamespaceConfig.builder(USERS).bounds(bounds).build();
        known.note(config);
        return config;
    }

    Marker initialise(EntryKey key, long at, long nextOffset) {
        return await(applier.initialise(USERS, bucket(key), stamp(at), nextOffset));
    }

    /** The answer; a failure is thrown as it is. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static Stamp stamp(long position) {
        return Stamp.of(3, position);
    }

    static Entry entry(long position, String value) {
        return entry(position, value, Duration.ofMinutes(5));
    }

    static Entry entry(long position, String value, Duration ttl) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Entry(
                new EntryHeader(
                        Kind.VALUE,
                        stamp(position),
                        Stamp.ZERO,
                        now,
                        now.plus(ttl),
                        now.plus(ttl),
                        Duration.ofMillis(2),
                        EntryHeader.JSON,
                        Set.of()),
                value.getBytes(UTF_8));
    }

    @Override
    public void close() {
        connections.close();
        plain.close();
        client.shutdown();
    }
}
