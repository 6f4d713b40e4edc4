package io.freshet.engine.read;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Refresh;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import io.freshet.engine.near.NearCache;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.structure.StructureStore;
import io.freshet.engine.structure.Structures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The paths of a node that has consumed an empty log, and what it registers and publishes. */
public final class ReadyNode {

    static final Duration WINDOW = Duration.ofSeconds(2);
    static final Duration TTL = Duration.ofMinutes(1);
    static final NamespaceConfig SOURCED = config("orders", true);
    public static final NamespaceConfig PUT_ONLY = config("sessions", false);

    final List<Registration> registrations = new ArrayList<>();
    final List<Event> published = new ArrayList<>();
    final List<CompletableFuture<Void>> timers = new ArrayList<>();
    public final Paths paths;
    public final LogView view = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);
    final NearCache near;
    Instant now = Instant.parse("2026-01-01T12:00:00Z");

    private final Paths.World world;
    private final Watermarks watermarks = new Watermarks(1, 1);
    private long position;

    /** On a store that holds nothing, and leases that nobody else wants. */
    ReadyNode(CompletionStage<PutOutcome> toPut) {
        this(new FakeStore(toPut), new MemoryStore(), 0, LoadObserver.NONE);
    }

    /** On a store that other nodes may share, without a memory of its own. */
    public ReadyNode(MemoryStore store) {
        this(store, 0, LoadObserver.NONE);
    }

    public ReadyNode(MemoryStore store, long nearBytes, LoadObserver observer) {
        this(store, store, nearBytes, observer);
    }

    private ReadyNode(EntryStore store, LeaseStore leases, long nearBytes, LoadObserver observer) {
        near = new NearCache(nearBytes, () -> now);
        view.begin(0, Stamp.of(1, 0), Stamp.of(1, 0));
        beat();
        world =
                new Paths.World(
                        "node",
                        "primary",
                        view,
                        new InboxProgress(1, 1),
                        watermarks,
                        store,
                        near,
                        leases,
                        this::register,
                        this::publish,
                        this::after,
                        () -> now,
                        new SplittableRandom(1),
                        Runnable::run,
                        observer);
        paths = Paths.over(world);
    }

    /** The structures of this node, over another store. */
    Structures structures(StructureStore store) {
        return Paths.structures(world, store);
    }

    /** The node hears that all commits until now are in force. */
    void beat() {
        watermarks.heartbeat(0, 0, new Event.Heartbeat("primary", new Lsn(1), now));
    }

    /** Time passes, and the log keeps up. */
    void pass(Duration duration) {
        fallBehind(duration);
        beat();
    }

    /** Time passes, and nothing is heard of the log. */
    public void fallBehind(Duration duration) {
        now = now.plus(duration);
    }

    /** The node reads of an invalidation in the log. */
    void hears(NamespaceConfig namespace, String key, Mode mode) {
        view.consume(
                0,
                Stamp.of(1, ++position),
                new Event.Invalidation(
                        "id",
                        new Target.OfKey(namespace.name(), new EntryKey(key)),
                        mode,
                        null,
                        Cause.of(Cause.Kind.REST, null, null),
                        now));
    }

    /** A read, as far as it has come. */
    CompletableFuture<Lookup> reads(NamespaceConfig namespace, String key, Source source) {
        return reads(namespace, key, source, ReadOptions.DEFAULT);
    }

    CompletableFuture<Lookup> reads(
            NamespaceConfig namespace, String key, Source source, ReadOptions options) {
        return paths.reads()
                .get(namespace, new EntryKey(key), source, options)
                .toCompletableFuture();
    }

    /** All that is waited for takes too long. */
    void loseAllPatience() {
        List.copyOf(timers).forEach(timer -> timer.complete(null));
    }

    private CompletionStage<Void> after(Duration delay) {
        var timer = new CompletableFuture<Void>();
        timers.add(timer);
        return timer;
    }

    private CompletionStage<Void> register(Registration registration) {
        registrations.add(registration);
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<InboxPosition> publish(Event event) {
        published.add(event);
        return CompletableFuture.completedStage(new InboxPosition(0, 0));
    }

    /** A namespace with a source that is like no other in how it refreshes. */
    static NamespaceConfig refreshing(Refresh refresh) {
        return NamespaceConfig.builder(new Namespace("orders"))
                .defaultTtl(TTL)
                .window(WINDOW, StalePolicy.BYPASS)
                .refresh(refresh)
                .source(SOURCED.source())
                .build();
    }

    private static NamespaceConfig config(String name, boolean isSourced) {
        return NamespaceConfig.builder(new Namespace(name))
                .window(WINDOW, StalePolicy.BYPASS)
                .source(
                        isSourced
                                ? new SqlSourceConfig(
                                        "primary", "SELECT :key", Duration.ofSeconds(9), List.of())
                                : null)
                .build();
    }
}
