package io.freshet.simulation;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everything that one history is about, and the promises that it is held to. */
final class World {

    private static final int SETTLING_STEPS = 20_000;
    private static final int NODES = 2;
    private static final SourceConfig SOURCE =
            new SqlSourceConfig("primary", "SELECT :key", Duration.ofSeconds(1), List.of());

    final Set<Guard> guards;
    final Mutants mutants;
    final Schedule schedule;
    final SimClock clock = new SimClock();
    final SimDatabase database = new SimDatabase(clock);
    final @Nullable SimStandby standby;
    final Puts puts = new Puts();
    final SimLog log;
    final SimStore store;
    final SimLeases leases;
    final SimCapture capture;
    final List<SimExpander> expanders = new ArrayList<>();
    final List<SimApplier> appliers = new ArrayList<>();
    final List<SimNode> nodes = new ArrayList<>();
    final NamespaceConfig sourced;
    final NamespaceConfig put;
    final Authors authors;
    final Readers readers;
    final @Nullable Putters putters;

    private final long seed;
    private final int[] prefetched = new int[SimKeys.COUNT];
    private @Nullable Violation violation;

    World(long seed, Climate climate, Set<Guard> guards, boolean recording) {
        this.seed = seed;
        this.guards = guards;
        mutants = new Mutants(guards);
        schedule = new Schedule(seed, climate, recording);
        Weather weather = schedule.weather();
        sourced =
                NamespaceConfig.builder(SimKeys.SOURCED)
                        .window(weather.window(), weather.stalePolicy())
                        .defaultTtl(weather.ttl())
                        .refresh(weather.refresh())
                        .source(SOURCE)
                        .build();
        put =
                NamespaceConfig.builder(SimKeys.PUT)
                        .window(Duration.ofDays(1), StalePolicy.BYPASS)
                        .build();
        standby = weather.standby() ? new SimStandby(schedule, database) : null;
        log = new SimLog(schedule, puts);
        store = new SimStore(schedule, guards, puts);
        leases = new SimLeases(this);
        capture = new SimCapture(schedule, database, log, guards);
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            expanders.add(new SimExpander(this, p));
            appliers.add(new SimApplier(schedule, p, expanders.get(p), store));
        }
        for (int n = 0; n < NODES; n++) {
            nodes.add(new SimNode(n, this));
        }
        authors = new Authors(this);
        readers = new Readers(this);
        putters = weather.putting() ? new Putters(this) : null;
        schedule.chaos(
                Trouble.READS, "somebody looks", 4, () -> true, () -> new Newcomer(this).look());
        schedule.chaos(
                Trouble.TIME, "time passes", 5, () -> true, () -> clock.pass(1 + schedule.pick(3)));
        if (weather.filled()) {
            beginFilled();
        }
        if (!guards.contains(Guard.STAMP_FIRST)) {
            schedule.chaos(Trouble.READS, "source is read ahead", 6, () -> true, this::prefetch);
        }
    }

    /** Begins with what an earlier life of the world left in the store. */
    private void beginFilled() {
        for (int row = 0; row < SimKeys.COUNT; row++) {
            Entry entry = SimKeys.entry(0, Stamp.of(1, 0));
            store.beginWith(row, entry);
            expanders.get(SimKeys.partitionOf(row)).register(SimKeys.registration(row, entry));
        }
    }

    /** Runs the history to its end and returns the first promise that was broken, if any. */
    @Nullable Violation run() {
        schedule.run(schedule.weather().length());
        settle("the world did not come to rest");
        new Rest(this).check();
        return violation;
    }

    void settle(String otherwise) {
        if (!schedule.settle(SETTLING_STEPS)) {
            violated(otherwise);
        }
    }

    Duration window() {
        return sourced.maxStaleness();
    }

    SimNode anyNode() {
        return nodes.get(schedule.pick(NODES));
    }

    /** The version of a row that an entry holds. */
    int versionOf(int row, Entry entry) {
        int value = SimKeys.valueOf(entry);
        return SimKeys.isSourced(row) ? value : puts.versionOf(value);
    }

    /** Of what is promised, what a reader who begins now can see. */
    Need seen(int row, Need promised) {
        if (!SimKeys.isSourced(row)) {
            return promised;
        }
        int visible = database.visibleVersion(row);
        return Need.of(Math.min(promised.fresh(), visible), Math.min(promised.hard(), visible));
    }

    /** A version below which nothing remains of a row when it is invalidated now. */
    int versionInForce(int row) {
        return SimKeys.isSourced(row) ? database.visibleVersion(row) : puts.newest(row) + 1;
    }

    CompletionStage<Void> register(Registration entry) {
        SimExpander expander =
                expanders.get(SimKeys.PARTITIONING.partitionOf(entry.namespace(), entry.key()));
        boolean awaited = guards.contains(Guard.REGISTRATION_AWAITED);
        CompletionStage<Void> acknowledged =
                schedule.ask(
                                () -> "registration of " + entry.key() + " at " + entry.stamp(),
                                () -> expander.register(entry),
                                () -> new IllegalStateException("no acknowledgement"),
                                false)
                        .thenAccept(_ -> {});
        return awaited ? acknowledged : CompletableFuture.completedStage(null);
    }

    /** What a query of a row finds at the primary. */
    int readableVersion(int row) {
        return guards.contains(Guard.STAMP_FIRST) ? database.visibleVersion(row) : prefetched[row];
    }

    /** The newest version of a row that anybody can have read; a standby may be ahead. */
    int readableAnywhere(int row) {
        return standby == null && SimKeys.isSourced(row)
                ? database.visibleVersion(row)
                : Integer.MAX_VALUE;
    }

    /** A node's event arrives in the inbox. What can be seen now is in force where it is known. */
    InboxPosition publish(Event event) {
        return switch (event) {
            case Event.Invalidation invalidation -> {
                List<Integer> rows = SimKeys.rowsUnder(invalidation.target());
                List<Integer> versions = rows.stream().map(this::versionInForce).toList();
                yield log.publish(
                        event, new Promise(rows, versions, invalidation.mode(), Promise.FOR_EVER));
            }
            case Event.Replaced(_, var keys, _, _) -> {
                int row = SimKeys.row(keys.getFirst());
                Need need = puts.announced(row);
                var promise =
                        new Promise(List.of(row), List.of(need.put()), Mode.HARD, need.failovers());
                yield guards.contains(Guard.PUT_ANNOUNCED)
                        ? log.publish(event, promise)
                        : new InboxPosition(0, 0);
            }
            case Event.Heartbeat heartbeat -> log.publish(heartbeat, null);
        };
    }

    void violated(String what) {
        if (violation == null) {
            violation =
                    new Violation(
                            seed, what, schedule.history().steps(), schedule.history().lines());
            schedule.halt();
        }
    }

    private void prefetch() {
        int row = schedule.pick(SimKeys.SOURCED_ROWS.size());
        prefetched[row] = database.visibleVersion(row);
    }
}
