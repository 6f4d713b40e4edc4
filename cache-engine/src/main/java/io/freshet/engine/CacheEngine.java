package io.freshet.engine;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.entry.Entry;
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
import io.freshet.engine.namespace.WritePolicy;
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
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.source.Sources;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.structure.Structures;
import io.freshet.engine.telemetry.TrafficRecorder;
import io.freshet.engine.telemetry.TrafficReporter;
import io.freshet.engine.write.QueuedWrites;
import io.freshet.engine.write.WriteOptions;
import io.freshet.engine.write.WriteThrough;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one node on real servers: wires the protocol to Redis, Kafka and the sources.
 *
 * <p>Owns its connections, its tail of the log and a few threads, from {@link #start} to {@link
 * #close}. It does not answer before it {@link #isReady has caught up} with the log.
 */
public final class CacheEngine implements Cache, AutoCloseable {

    private final Sources sources;
    private final String database;
    private final InstantSource clock = InstantSource.system();
    private final Paths paths;
    private final Structures structures;
    private final WriteThrough through;
    private final EngineOptions options;
    private final LogView view;
    private final Watermarks watermarks;
    private final SeenCommits commits;
    private final KnownNamespaces known = new KnownNamespaces();
    private final EntryStore store;
    private final NearCache near;
    private final Touches touches = new Touches(Touches.PLACES);
    private final Upkeep upkeep;
    private final RedisInventory inventory;
    private final RedisConnections redis;
    private final RedisKeys keys;
    private final Timer timer;
    private final KafkaInbox inbox;
    private final KafkaEntryRegistry registry;
    private final NodeLog log;
    private final LogTail tail;
    private final TrafficRecorder traffic;
    private final KafkaTelemetry telemetry;
    private final TrafficReporter reporter;
    private final ExecutorService executor;
    private volatile @Nullable QueuedWrites queued;

    private CacheEngine(EngineOptions options, Sources sources, MeterRegistry meterRegistry) {
        this.sources = sources;
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
        commits = new SeenCommits(options.database(), partitioning.logPartitions());
        timer =
                delay ->
                        CompletableFuture.runAsync(
                                () -> {},
                                CompletableFuture.delayedExecutor(
                                        delay.toNanos(), TimeUnit.NANOSECONDS, executor));
        near = new NearCache(options.nearMaxBytes(), clock);
        traffic = new TrafficRecorder(options.node());
        var meters = new EngineMeters(meterRegistry, traffic);
        meters.watch(
                view, partitioning.logPartitions(), watermarks, options.database(), near, clock);
        var redisStore = new RedisEntryStore(redis, keys, known);
        store = redisStore;
        var world =
                new Paths.World(
                        options.node(),
                        options.database(),
                        view,
                        progress,
                        watermarks,
                        redisStore,
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
                new NotedStructures(
                        Paths.structures(world, redisStore.structures()), known, touches);
        log = new NodeLog(view, watermarks, progress, commits, meters);
        through = new WriteThrough(paths, options.node());
        upkeep = new Upkeep(redis, keys, known, touches);
        inventory = new RedisInventory(redis, keys);
        log.follow(new EnforcementMeters(meterRegistry, clock), partitioning.logPartitions());
        new ServerMeters(meterRegistry, upkeep).bind();
        known.onNew(namespace -> meters.watch(namespace, upkeep));
        tail = new LogTail(kafka, log, new EnforcementSpans(options.tracer(), options.node()));
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
        queued =
                QueuedWrites.start(
                        how,
                        options.kafka(),
                        namespaces,
                        this::writer,
                        paths.invalidations(),
                        view,
                        timer,
                        options.node(),
                        meters);
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
                                .map(config -> warm(config, key))
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
        Namespace name = namespace.name();
        return store.read(name, key)
                .thenApply(found -> {
                    Entry entry = found.entry();
                    Entry copy = near.get(name, key);
                    Entry known = entry == null ? copy : entry;
                    var tags = known == null ? Set.<Tag>of() : known.header().tags();
                    return new Explanation(
                            copy == null
                                    ? null
                                    : new Explanation.Held(
                                            copy.header(),
                                            view.judgeNear(name, key, copy.header())),
                            entry == null
                                    ? null
                                    : new Explanation.Held(
                                            entry.header(),
                                            view.judgeStored(
                                                    name, key, entry.header(), found.marker())),
                            found.marker(),
                            view.evidence(name, key, tags),
                            window(namespace));
                });
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

    @Override
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace, EntryKey key, ReadOptions options) {
        known.note(namespace);
        return read(namespace, key, options).thenApply(lookup -> answered(namespace, key, lookup));
    }

    @Override
    public CompletionStage<List<Lookup>> getAll(NamespaceConfig namespace, List<EntryKey> keys) {
        known.note(namespace);
        return readAll(namespace, keys)
                .thenApply(lookups -> {
                    for (int i = 0; i < keys.size(); i++) {
                        answered(namespace, keys.get(i), lookups.get(i));
                    }
                    return lookups;
                });
    }

    private Lookup answered(NamespaceConfig namespace, EntryKey key, Lookup lookup) {
        boolean isHeld =
                lookup instanceof Lookup.Hit(_, var tier, _, _)
                        && (tier == Tier.L1 || tier == Tier.L2);
        if (isHeld) {
            touches.read(namespace, key);
        }
        return traffic.answered(namespace.name(), key, lookup);
    }

    /** What was written and is not in its source yet is newer than anything that is cached. */
    private CompletionStage<Lookup> read(
            NamespaceConfig namespace, EntryKey key, ReadOptions asked) {
        Source source = source(namespace).orElse(null);
        QueuedWrites writes = queued;
        return writes == null || namespace.writePolicy() != WritePolicy.WRITE_BEHIND
                ? paths.reads().get(namespace, key, source, asked)
                : writes.behind()
                        .get(
                                namespace,
                                key,
                                asked,
                                how -> paths.reads().get(namespace, key, source, how));
    }

    private CompletionStage<List<Lookup>> readAll(NamespaceConfig namespace, List<EntryKey> keys) {
        if (namespace.writePolicy() != WritePolicy.WRITE_BEHIND) {
            return paths.reads().getAll(namespace, keys, source(namespace).orElse(null));
        }
        List<CompletableFuture<Lookup>> reads =
                keys.stream()
                        .map(key -> read(namespace, key, ReadOptions.DEFAULT).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(_ -> reads.stream().map(CompletableFuture::join).toList());
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
    public CompletionStage<LeaseLookup> lease(
            NamespaceConfig namespace, EntryKey key, ReadOptions options, Duration patience) {
        known.note(namespace);
        return paths.leases()
                .get(namespace, key, source(namespace).orElse(null), options, patience);
    }

    @Override
    public CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value) {
        known.note(namespace);
        return switch (namespace.writePolicy()) {
            case CACHE_ASIDE -> paths.writes().put(namespace, key, value);
            case WRITE_BEHIND -> {
                QueuedWrites writes = queued;
                yield writes == null
                        ? CompletableFuture.completedStage(
                                new PutResult.Unavailable(Lookup.Reason.NOT_READY))
                        : writes.behind().put(namespace, key, value);
            }
            case WRITE_THROUGH ->
                    through.put(
                            namespace,
                            key,
                            value,
                            source(namespace).orElseThrow(),
                            writer(namespace).orElseThrow());
        };
    }

    @Override
    public CompletionStage<PutResult> put(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token) {
        known.note(namespace);
        return paths.writes().put(namespace, key, value, token);
    }

    @Override
    public CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key, Cause cause) {
        Optional<SourceWriter> writer =
                namespace.writePolicy() == WritePolicy.CACHE_ASIDE
                        ? Optional.empty()
                        : writer(namespace).filter(SourceWriter::deletes);
        QueuedWrites writes = queued;
        if (writer.isPresent()
                && writes != null
                && namespace.writePolicy() == WritePolicy.WRITE_BEHIND) {
            return writes.behind().delete(namespace, key);
        }
        return writer.isPresent()
                ? through.delete(namespace, key, cause, writer.get())
                : paths.invalidations().delete(namespace, key, cause);
    }

    @Override
    public CompletionStage<Receipt> invalidate(Target target, Mode mode, Cause cause) {
        return paths.invalidations().invalidate(target, mode, cause);
    }

    @Override
    public CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key) {
        known.note(namespace);
        Optional<Source> source = source(namespace);
        return source.isEmpty() || !view.isReady()
                ? CompletableFuture.completedStage(WarmOutcome.FAILED)
                : paths.reads().warm(namespace, key, source.get());
    }

    private Optional<Source> source(NamespaceConfig namespace) {
        return sources.of(namespace, this::needed);
    }

    private Optional<SourceWriter> writer(NamespaceConfig namespace) {
        return sources.writerOf(namespace, this::needed);
    }

    private Lsn needed(Namespace namespace, EntryKey key, Supplier<Lsn> primaryEnd) {
        return commits.needed(view.partitionOf(namespace, key), primaryEnd);
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
