package io.freshet.simulation;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import io.freshet.engine.read.LoadObserver;
import io.freshet.engine.read.Paths;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.NearTier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node: the real log view and the real paths, over a simulated world. */
final class SimNode {

    static final NamespaceConfig CONFIG =
            new NamespaceConfig(
                    SimKeys.NAMESPACE,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    StalePolicy.BYPASS,
                    1024,
                    false,
                    new SourceConfig("primary", "SELECT :key", Duration.ofSeconds(1), List.of()));

    private final int id;
    private final Schedule schedule;
    private final World world;
    private final ViewLimits limits;
    private Life life;
    private final int[] consumed = new int[SimKeys.COUNT];
    private final int[] consumedHard = new int[SimKeys.COUNT];

    SimNode(int id, Schedule schedule, World world) {
        this.id = id;
        this.schedule = schedule;
        this.world = world;
        this.limits = new ViewLimits(schedule.weather().memory(), 4, 2);
        this.life = new Life();
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            int partition = p;
            schedule.actor(
                    "node " + id + " consumes log " + p,
                    () -> life.next[partition] < world.log.partition(partition).size(),
                    () -> life.consume(partition));
        }
        schedule.chaos("node " + id + " reads", 25, () -> life.reading < 3, this::readAny);
        schedule.chaos("node " + id + " restarts", 1, () -> true, () -> life = new Life());
    }

    static int versionOf(Entry entry) {
        return ByteBuffer.wrap(entry.value()).getInt();
    }

    boolean isIdle() {
        return life.reading == 0 && life.isCaughtUp();
    }

    /** Reads one key as a client would, and checks the answer against what was promised. */
    void read(int row, ReadOptions options, @Nullable Integer atLeast) {
        life.read(row, options, atLeast);
    }

    private void readAny() {
        int row = schedule.pick(SimKeys.COUNT);
        boolean skipNear = schedule.chance(30);
        if (schedule.chance(15)) {
            int seen = world.database.visibleVersion(row);
            read(
                    row,
                    new ReadOptions(skipNear, false, null, new Lsn(world.database.log().size())),
                    world.database.hasInvisible() ? null : seen);
        } else if (schedule.chance(15)) {
            life.putAside(row);
        } else {
            read(row, new ReadOptions(skipNear, false, null, null), null);
        }
    }

    /** What an answer that is asked for now may not be older than. */
    private int needed(int row, int[] promised) {
        return Math.min(promised[row], world.database.visibleVersion(row));
    }

    /** One life of the node, from start to crash. */
    private final class Life {

        private final LogView view = world.mutants.logView(SimKeys.PARTITIONING, limits);
        private final InboxProgress progress = new InboxProgress(SimKeys.PARTITIONS, 1);
        private final Watermarks watermarks = new Watermarks(SimKeys.PARTITIONS, 1);
        private final Near near = new Near();
        private final Paths paths;
        private final int[] next = new int[SimKeys.PARTITIONS];
        private final int[] readyAt = new int[SimKeys.PARTITIONS];
        private int reading;

        Life() {
            paths =
                    world.mutants.paths(
                            new Paths.World(
                                    "node-" + id,
                                    "primary",
                                    view,
                                    progress,
                                    watermarks,
                                    world.store,
                                    near,
                                    world::register,
                                    event ->
                                            CompletableFuture.completedStage(
                                                    world.log.publish(event, null)),
                                    _ -> schedule.tell(() -> "timeout", () -> {}),
                                    () -> Instant.EPOCH,
                                    schedule,
                                    LoadObserver.NONE));
            for (int p = 0; p < SimKeys.PARTITIONS; p++) {
                begin(p);
            }
        }

        boolean isCaughtUp() {
            for (int p = 0; p < SimKeys.PARTITIONS; p++) {
                if (next[p] < world.log.partition(p).size()) {
                    return false;
                }
            }
            return true;
        }

        private void begin(int partition) {
            Stamp floor = Stamp.of(1, 0);
            for (ScopeRecord scope : world.expanders.get(partition).scopes()) {
                switch (scope) {
                    case ScopeRecord.Position position -> {
                        if (world.guards.contains(Guard.SCOPES_IN_NODE)) {
                            view.restore(partition, position);
                        }
                    }
                    case ScopeRecord.Progress(var through) -> floor = Stamp.max(floor, through);
                }
            }
            next[partition] = (int) floor.position();
            int end = world.log.partition(partition).size();
            readyAt[partition] = world.guards.contains(Guard.READY) ? end : 0;
            view.begin(partition, floor, Stamp.of(1, readyAt[partition]));
            watermarks.heartbeat(
                    partition, 0, new Event.Heartbeat("primary", new Lsn(0), Instant.EPOCH));
        }

        void consume(int partition) {
            SimLog.Entry entry = world.log.partition(partition).get(next[partition]++);
            Event event = entry.record().event();
            view.consume(partition, Stamp.of(1, next[partition]), event);
            if (event instanceof Event.Heartbeat heartbeat) {
                watermarks.heartbeat(partition, entry.record().via().partition(), heartbeat);
            }
            progress.seen(partition, entry.record().via());
            SimDatabase.Transaction promise = entry.promise();
            if (promise != null) {
                for (int i = 0; i < promise.rows().size(); i++) {
                    promised(promise, i, partition);
                }
            }
        }

        private void promised(SimDatabase.Transaction promise, int i, int partition) {
            int row = promise.rows().get(i);
            if (SimKeys.partitionOf(row) != partition) {
                return;
            }
            int version = promise.versions().get(i);
            consumed[row] = Math.max(consumed[row], version);
            if (promise.mode() == Mode.HARD) {
                consumedHard[row] = Math.max(consumedHard[row], version);
            }
        }

        void read(int row, ReadOptions options, @Nullable Integer atLeast) {
            int fresh = Math.max(needed(row, consumed), atLeast == null ? 0 : atLeast);
            int hard = needed(row, consumedHard);
            schedule.note(() -> "node %d asks k%d, needs v%d".formatted(id, row, fresh));
            reading++;
            paths.reads()
                    .get(CONFIG, SimKeys.key(row), source(), options)
                    .whenComplete((lookup, failure) -> {
                        reading--;
                        if (failure != null) {
                            world.violated("a read failed: " + failure);
                        } else {
                            check(row, lookup, fresh, hard);
                        }
                    });
        }

        private void check(int row, Lookup lookup, int fresh, int hard) {
            if (lookup instanceof Lookup.Hit(var entry, var tier, boolean stale, _)) {
                int version = versionOf(entry);
                schedule.note(() ->
                        "node %d answers k%d v%d from %s%s"
                                .formatted(id, row, version, tier, stale ? ", marked stale" : ""));
                if (version < (stale ? hard : fresh)) {
                    world.violated(
                            "node %d answered k%d with v%d from %s%s, although v%d was in force"
                                    .formatted(
                                            id,
                                            row,
                                            version,
                                            tier,
                                            stale ? " marked stale" : "",
                                            stale ? hard : fresh));
                }
            }
        }

        /** A caller that loads by itself, with the token of a miss. */
        void putAside(int row) {
            reading++;
            EntryKey key = SimKeys.key(row);
            paths.reads()
                    .get(CONFIG, key, source(), new ReadOptions(true, true, null, null))
                    .thenCompose(lookup ->
                            lookup instanceof Lookup.Absent(_, var token)
                                    ? loadAndPut(row, key, token)
                                    : CompletableFuture.completedStage(null))
                    .whenComplete((_, _) -> reading--);
        }

        private CompletionStage<?> loadAndPut(int row, EntryKey key, MissToken token) {
            return schedule.ask(
                            () -> "a client reads row k" + row,
                            () -> world.database.visibleVersion(row))
                    .thenCompose(version ->
                            paths.writes()
                                    .put(
                                            CONFIG,
                                            key,
                                            new NewValue(
                                                    bytes(version),
                                                    EntryHeader.JSON,
                                                    null,
                                                    Set.of(SimKeys.TAG)),
                                            token));
        }

        private Source source() {
            return key -> {
                int row = SimKeys.row(key);
                return world.readSource(row)
                        .thenApply(version ->
                                new Loaded.Value(
                                        bytes(version), EntryHeader.JSON, Set.of(SimKeys.TAG)));
            };
        }
    }

    private static byte[] bytes(int version) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
    }

    private static final class Near implements NearTier {

        private final Map<EntryKey, Entry> copies = new HashMap<>();

        @Override
        public @Nullable Entry get(Namespace namespace, EntryKey key) {
            return copies.get(key);
        }

        @Override
        public void put(Namespace namespace, EntryKey key, Entry entry) {
            copies.put(key, requireNonNull(entry));
        }

        @Override
        public void drop(Namespace namespace, EntryKey key) {
            copies.remove(key);
        }
    }
}
