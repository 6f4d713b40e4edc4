package io.freshet.engine;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.lock.FencingTokens;
import io.freshet.engine.lock.Locks;
import io.freshet.engine.log.EnforcementSpans;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.KafkaEntryRegistry;
import io.freshet.engine.log.KafkaInbox;
import io.freshet.engine.log.KafkaTelemetry;
import io.freshet.engine.log.LogFollower;
import io.freshet.engine.log.LogTail;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.JdbcNamespaces;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.engine.near.NearCache;
import io.freshet.engine.read.Paths;
import io.freshet.engine.read.Timer;
import io.freshet.engine.redis.RedisCanaries;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisEntryStore;
import io.freshet.engine.redis.RedisInventory;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisLeases;
import io.freshet.engine.redis.RedisLocks;
import io.freshet.engine.redis.Upkeep;
import io.freshet.engine.refresh.HotReloads;
import io.freshet.engine.source.Sources;
import io.freshet.engine.structure.Structures;
import io.freshet.engine.telemetry.TrafficRecorder;
import io.freshet.engine.telemetry.TrafficReporter;
import io.freshet.engine.write.QueuedWrites;
import io.freshet.engine.write.WriteOptions;
import io.freshet.engine.write.WriteThrough;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one node on real servers: wires the protocol to Redis, Kafka and the sources.
 *
 * <p>Owns its connections, its tail of the log and a few threads, from {@link #start} to {@link
 * #close}. It does not answer before it {@link #isReady has caught up} with the log.
 */
public final class CacheEngine implements AutoCloseable {

    private final String database;
    private final InstantSource clock = InstantSource.system();
    private final Paths paths;
    private final Structures structures;
    private final NodeSources sources;
    private final NodeCache cache;
    private final Explanations explanations;
    private final EngineOptions options;
    private final LogView view;
    private final Watermarks watermarks;
    private final NearCache near;
    private final Upkeep upkeep;
    private final RedisInventory inventory;
    private final RedisConnections redis;
    private final RedisKeys keys;
    private final Timer timer;
    private final KafkaInbox inbox;
    private final KafkaEntryRegistry registry;
    private final NodeLog log;
    private final LogTail tail;
    private final KafkaTelemetry telemetry;
    private final TrafficReporter reporter;
    private final ExecutorService executor;
    private volatile @Nullable QueuedWrites queued;

    private CacheEngine(EngineOptions options, Sources sources, MeterRegistry meterRegistry) {
        this.options = options;
        this.database = options.database();
        var kafka = options.kafka();
        var partitioning = kafka.partitioning();
        executor =
                Executors.newFixedThreadPool(
                        Math.max(2, Runtime.getRuntime().availableProcessors()),
                        Thread.ofPlatform().daemon().name("freshet-engine-", 0).factory());
        redis = RedisConnector.connect(options.redis(), meterRegistry);
        keys = new RedisKeys(partitioning, options.redis().prefix());
        inbox = new KafkaInbox(kafka);
        registry = new KafkaEntryRegistry(kafka);
        view = new LogView(partitioning, options.limits());
        int inboxPartitions = kafka.topics().invalidations().partitions();
        var progress = new InboxProgress(partitioning.logPartitions(), inboxPartitions);
        watermarks = new Watermarks(partitioning.logPartitions(), inboxPartitions);
        var commits = new SeenCommits(options.database(), partitioning.logPartitions());
        timer =
                delay ->
                        CompletableFuture.runAsync(
                                () -> {},
                                CompletableFuture.delayedExecutor(
                                        delay.toNanos(), TimeUnit.NANOSECONDS, executor));
        near = new NearCache(options.nearMaxBytes(), clock);
        var traffic = new TrafficRecorder(options.node());
        var meters = new EngineMeters(meterRegistry, traffic);
        meters.watch(
                view, partitioning.logPartitions(), watermarks, options.database(), near, clock);
        var known = new KnownNamespaces();
        var touches = new Touches(Touches.PLACES);
        var store = new RedisEntryStore(redis, keys, known);
        var world =
                new Paths.World(
                        options.node(),
                        options.database(),
                        view,
                        progress,
                        watermarks,
                        store,
                        near,
                        new RedisLeases(redis, keys),
                        registry,
                        inbox,
                        timer,
                        clock,
                        () -> ThreadLocalRandom.current().nextLong(),
                        executor,
                        meters);
        paths = Paths.over(world);
        structures =
                new NotedStructures(Paths.structures(world, store.structures()), known, touches);
        log = new NodeLog(view, watermarks, progress, commits, meters);
        this.sources = new NodeSources(sources, commits, view);
        cache =
                new NodeCache(
                        paths,
                        new WriteThrough(paths, options.node()),
                        this.sources,
                        view,
                        known,
                        touches,
                        traffic);
        explanations = new Explanations(store, near, view, this::window);
        upkeep = new Upkeep(redis, keys, known, touches);
        inventory = new RedisInventory(redis, keys);
        log.follow(new EnforcementMeters(meterRegistry, clock), partitioning.logPartitions());
        new ServerMeters(meterRegistry, upkeep).bind();
        known.onNew(namespace -> meters.watch(namespace, upkeep));
        tail =
                new LogTail(
                        kafka,
                        log,
                        new EnforcementSpans(options.tracer(), options.node()),
                        options.pace());
        telemetry = new KafkaTelemetry(kafka);
        reporter = new TrafficReporter(traffic, telemetry, clock);
        meters.watch(telemetry);
        sources.bindTo(meterRegistry);
    }

    /**
     * Connects and begins to tail the log; does not wait until it has caught up.
     *
     * @param sources where the values of namespaces come from; not owned
     */
    public static CacheEngine start(EngineOptions options, Sources sources, MeterRegistry meters) {
        var engine = new CacheEngine(options, sources, meters);
        engine.tail.start();
        engine.reporter.start();
        engine.upkeep.start();
        return engine;
    }

    /**
     * Takes writes that are answered before their source has them, and takes part in applying them.
     *
     * @param namespaces known already: what has none is put aside
     */
    public void writeBehind(WriteOptions how, Namespaces namespaces, MeterRegistry meters) {
        QueuedWrites writes =
                QueuedWrites.start(
                        how,
                        options.kafka(),
                        namespaces,
                        sources::writerOf,
                        paths.invalidations(),
                        view,
                        timer,
                        options.node(),
                        meters);
        queued = writes;
        cache.writeBehind(writes.behind());
    }

    /**
     * Loads hot entries anew when an invalidation asks for that.
     *
     * @param namespaces known already: what has none is left alone
     */
    public void reloadHot(Namespaces namespaces, MeterRegistry meters) {
        HotReloads.Load load =
                (namespace, key) ->
                        namespaces
                                .find(namespace)
                                .map(config -> cache.warm(config, key))
                                .orElseGet(
                                        () -> CompletableFuture.completedStage(WarmOutcome.FAILED));
        follow(new HotReloads(near, load, view::partitionOf, executor, meters));
    }

    /** Whether the node has caught up with what was the end of the log when it started. */
    public boolean isReady() {
        return view.isReady();
    }

    /** Wakes the namespaces when the log says that their table has changed. */
    public void keepFresh(JdbcNamespaces namespaces) {
        log.onInvalidation(invalidation -> {
            if (invalidation.target().namespace().equals(JdbcNamespaces.ANNOUNCED_AS)) {
                namespaces.wake();
            }
        });
    }

    /** Tells a follower of what is in force from now on. */
    public void follow(LogFollower follower) {
        log.follow(follower, options.kafka().logPartitions());
    }

    /** Why the log is not being read, if it is not. */
    public Optional<String> problem() {
        return tail.problem();
    }

    public Watermarks watermarks() {
        return watermarks;
    }

    /** How current the node is for a namespace. */
    public WindowState window(NamespaceConfig namespace) {
        String source = namespace.measuredBy(database);
        return new WindowState(
                source, watermarks.age(source, clock.instant()), namespace.maxStaleness());
    }

    /** Why a key is answered as it is; fails when the store does not answer. */
    public CompletionStage<Explanation> explain(NamespaceConfig namespace, EntryKey key) {
        return explanations.of(namespace, key);
    }

    /** Locks for callers, whose tokens come from elsewhere. */
    public Locks locks(FencingTokens tokens) {
        return new Locks(new RedisLocks(redis, keys), tokens, timer::within, clock);
    }

    /** The connections to Redis, for health. */
    public RedisConnections redis() {
        return redis;
    }

    /** What tells of a loss of Redis. */
    public RedisCanaries canaries() {
        return new RedisCanaries(redis, keys);
    }

    /** Entries, as callers use them. */
    public Cache cache() {
        return cache;
    }

    /** Lists, sets, hashes and counters. */
    public Structures structures() {
        return structures;
    }

    /** What the store holds. */
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public void close() {
        QueuedWrites writes = queued;
        if (writes != null) {
            writes.close();
        }
        upkeep.close();
        tail.close();
        reporter.close();
        telemetry.close();
        inbox.close();
        registry.close();
        redis.close();
        executor.shutdown();
    }
}
