package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Target;
import io.freshet.engine.entry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everything that one history is about, and the promises that it is held to. */
final class World {

    static final int DISTURBED_STEPS = 120;
    private static final int SETTLING_STEPS = 20_000;
    private static final int NODES = 2;
    private static final int MAX_COMMITS = 4;

    final Set<Guard> guards;
    final Mutants mutants;
    final SimDatabase database = new SimDatabase();
    final SimLog log;
    final SimStore store;
    final List<SimExpander> expanders = new ArrayList<>();

    final Schedule schedule;
    final SimCapture capture;
    final List<SimApplier> appliers = new ArrayList<>();
    final List<SimNode> nodes = new ArrayList<>();

    private final long seed;
    private final int[] prefetched = new int[SimKeys.COUNT];
    private @Nullable Violation violation;

    World(long seed, Set<Guard> guards, boolean recording) {
        this.seed = seed;
        this.guards = guards;
        mutants = new Mutants(guards);
        schedule = new Schedule(seed, recording);
        log = new SimLog(schedule);
        store = new SimStore(schedule, guards);
        capture = new SimCapture(schedule, database, log, guards);
        for (int p = 0; p < SimKeys.PARTITIONS; p++) {
            expanders.add(new SimExpander(schedule, p, log, guards));
            appliers.add(new SimApplier(schedule, p, expanders.get(p), store));
        }
        for (int n = 0; n < NODES; n++) {
            nodes.add(new SimNode(n, schedule, this));
        }
        schedule.chaos("commit", 10, this::mayCommit, this::commit);
        schedule.actor(
                "becomes visible",
                database::hasInvisible,
                () -> {
                    var shown = database.show(schedule.pick(4));
                    schedule.note(() -> "visible: " + shown);
                });
        if (schedule.chance(50)) {
            beginFilled();
        }
        if (!guards.contains(Guard.STAMP_FIRST)) {
            schedule.chaos("source is read ahead", 6, () -> true, this::prefetch);
        }
    }

    /** Begins with what an earlier life of the world left in the store. */
    private void beginFilled() {
        for (int row = 0; row < SimKeys.COUNT; row++) {
            Entry entry = SimKeys.entryFromBefore();
            store.beginWith(row, entry);
            expanders.get(SimKeys.partitionOf(row)).register(SimKeys.registration(row, entry));
        }
    }

    /** Runs the history to its end and returns the first promise that was broken, if any. */
    @Nullable Violation run() {
        schedule.run(DISTURBED_STEPS);
        if (violation == null) {
            settle("the world did not come to rest");
        }
        if (violation == null) {
            new Rest(this).check();
        }
        return violation;
    }

    void settle(String otherwise) {
        if (!schedule.settle(SETTLING_STEPS)) {
            violated(otherwise);
        }
    }

    CompletionStage<Void> register(Registration entry) {
        SimExpander expander =
                expanders.get(SimKeys.PARTITIONING.partitionOf(entry.namespace(), entry.key()));
        Runnable arrival = () -> expander.register(entry);
        if (guards.contains(Guard.REGISTRATION_AWAITED)) {
            return schedule.tell(
                    () -> "registration of " + entry.key() + " at " + entry.stamp(), arrival);
        }
        schedule.send(() -> "registration of " + entry.key() + ", not awaited", arrival);
        return CompletableFuture.completedStage(null);
    }

    CompletionStage<Integer> readSource(int row) {
        return schedule.ask(
                () -> "source reads k" + row,
                () ->
                        guards.contains(Guard.STAMP_FIRST)
                                ? database.visibleVersion(row)
                                : prefetched[row]);
    }

    int steps() {
        return schedule.steps();
    }

    void violated(String what) {
        if (violation == null) {
            violation = new Violation(seed, what, schedule.steps(), schedule.history());
        }
    }

    private boolean mayCommit() {
        return database.log().size() < MAX_COMMITS;
    }

    private void commit() {
        Mode mode = schedule.chance(25) ? Mode.SOFT : Mode.HARD;
        switch (schedule.pick(6)) {
            case 0 -> commit(SimKeys.ALL, new Target.OfTag(SimKeys.NAMESPACE, SimKeys.TAG), mode);
            case 1 ->
                    commit(
                            SimKeys.ALL,
                            new Target.OfPattern(SimKeys.NAMESPACE, SimKeys.PATTERN),
                            mode);
            case 2 -> commit(SimKeys.ALL, new Target.OfNamespace(SimKeys.NAMESPACE), mode);
            default -> {
                int row = schedule.pick(SimKeys.COUNT);
                commit(List.of(row), new Target.OfKey(SimKeys.NAMESPACE, SimKeys.key(row)), mode);
            }
        }
    }

    private void commit(List<Integer> rows, Target target, Mode mode) {
        if (database.isUnlocked(rows)) {
            var transaction = database.commit(rows, target, mode);
            schedule.note(() -> "committed: " + transaction);
        }
    }

    private void prefetch() {
        int row = schedule.pick(SimKeys.COUNT);
        prefetched[row] = database.visibleVersion(row);
    }
}
