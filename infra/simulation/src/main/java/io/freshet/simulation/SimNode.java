package io.freshet.simulation;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.LeaseLookup;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.Paths;
import io.freshet.engine.source.Source;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node over its lives, and what its callers hear from it. */
final class SimNode {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Set<Tag> TAGS = Set.of(SimKeys.TAG);

    private final int id;
    private final World world;
    private final Schedule schedule;
    private final ViewLimits limits;
    private final Known known = new Known();
    private NodeLife life;
    private int reading;

    SimNode(int id, World world) {
        this.id = id;
        this.world = world;
        this.schedule = world.schedule;
        this.limits = new ViewLimits(schedule.weather().memory(), 4, 2);
        this.life = new NodeLife(world, id, limits);
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            int partition = p;
            schedule.worker(
                    "node " + id + " consumes log " + p,
                    () -> life.mayConsume(partition),
                    () -> consume(partition));
        }
        schedule.chaos(Trouble.CRASHES, "node " + id + " restarts", 2, () -> true, this::restart);
    }

    boolean isIdle() {
        return reading == 0 && life.isCaughtUp();
    }

    /** Requests that it has not answered. */
    int reading() {
        return reading;
    }

    Paths paths() {
        return life.paths();
    }

    NodeLife life() {
        return life;
    }

    /** It was told that the promise is in force here. */
    void learn(Promise promise) {
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            known.learn(promise, p);
        }
    }

    /** Reads as a client would, and checks the answer against what was promised. */
    void read(int row, ReadOptions options, Need asked) {
        Need need = world.seen(row, known.of(row)).and(asked);
        schedule.note(() -> "node %d is asked for k%d: %s, %s".formatted(id, row, options, need));
        reading++;
        paths().reads()
                .get(configOf(row), SimKeys.key(row), sourceOf(row), options)
                .whenComplete((lookup, failure) -> {
                    reading--;
                    if (failure != null) {
                        world.violated("a read failed: " + failure);
                    } else {
                        check(row, lookup, need);
                    }
                });
    }

    /** Reads from the store what it must still have. */
    void readOwed(int row, int version) {
        paths().reads()
                .get(
                        configOf(row),
                        SimKeys.key(row),
                        null,
                        new ReadOptions(true, false, null, null))
                .whenComplete((lookup, _) -> {
                    boolean found =
                            lookup instanceof Lookup.Hit(var entry, _, _, _)
                                    && world.versionOf(row, entry) >= version;
                    if (!found) {
                        world.violated(
                                "k%d v%d was put and lost: %s".formatted(row, version, lookup));
                    }
                });
    }

    /** A caller that loads by itself, with the token of a miss. */
    void putAside(int row) {
        reading++;
        EntryKey key = SimKeys.key(row);
        var options = new ReadOptions(true, true, null, null);
        Need need = world.seen(row, known.of(row));
        paths().leases()
                .get(configOf(row), key, sourceOf(row), options, PATIENCE)
                .thenCompose(found -> putAfter(row, found, need))
                .whenComplete((_, _) -> reading--);
    }

    private CompletionStage<?> putAfter(int row, LeaseLookup found, Need need) {
        return switch (found) {
            case LeaseLookup.Granted(var token, _) -> loadAndPut(row, token);
            case LeaseLookup.Answered(Lookup.Absent(_, var token)) -> loadAndPut(row, token);
            case LeaseLookup.Answered(var lookup) -> {
                check(row, lookup, need);
                yield CompletableFuture.completedStage(null);
            }
            case LeaseLookup.Busy _ -> CompletableFuture.completedStage(null);
        };
    }

    NewValue valueOf(int value) {
        return new NewValue(SimKeys.bytes(value), EntryHeader.JSON, null, TAGS);
    }

    NamespaceConfig configOf(int row) {
        return SimKeys.isSourced(row) ? world.sourced : world.put;
    }

    @Nullable Source sourceOf(int row) {
        return SimKeys.isSourced(row) ? life.source(row) : null;
    }

    private void check(int row, Lookup lookup, Need need) {
        if (lookup instanceof Lookup.Hit(var entry, var tier, boolean stale, _)) {
            int version = world.versionOf(row, entry);
            if (version > world.readableAnywhere(row)) {
                world.violated(
                        "node %d answered k%d with v%d, which nobody could read yet"
                                .formatted(id, row, version));
            }
            int least = need.version(stale, world.store.failovers());
            String mark = stale ? " marked stale" : "";
            schedule.note(() ->
                    "node %d answers k%d v%d from %s%s".formatted(id, row, version, tier, mark));
            if (version < least) {
                world.violated(
                        "node %d answered k%d with v%d from %s%s, although v%d was in force"
                                .formatted(id, row, version, tier, mark, least));
            }
        } else {
            schedule.note(() -> "node %d answers k%d: %s".formatted(id, row, lookup));
        }
    }

    private CompletionStage<?> loadAndPut(int row, MissToken token) {
        return schedule.ask(
                        () -> "a client reads row k" + row,
                        () -> world.database.visibleVersion(row))
                .thenCompose(version ->
                        paths().writes()
                                .put(configOf(row), SimKeys.key(row), valueOf(version), token));
    }

    private void consume(int partition) {
        Promise promise = life.consume(partition);
        if (promise != null) {
            known.learn(promise, partition);
        }
    }

    private void restart() {
        life = new NodeLife(world, id, limits);
    }
}
