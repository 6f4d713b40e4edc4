package io.freshet.simulation;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.Expansion;
import io.freshet.stream.expansion.Output;
import io.freshet.stream.expansion.Pace;
import io.freshet.stream.expansion.RowImages;
import io.freshet.stream.expansion.RowTerms;
import io.freshet.stream.expansion.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The real {@link Expansion} of one partition. It reads its two inputs in any order, and after a
 * crash reads again what it had read since its last commit; its tables survive.
 */
final class SimExpander {

    private static final Pace PACE = new Pace(1, 1, 1, Pace.UNBOUNDED);
    private static final RowTerms.Terms TERMS = new RowTerms.Terms(Duration.ofHours(1), 16);

    private final Schedule schedule;
    private final int partition;
    private final SimLog log;
    private final Set<Guard> guards;
    private final Mutants mutants;
    private final InstantSource clock;
    private final List<Registration> entries = new ArrayList<>();
    private final List<Eviction> evictions = new ArrayList<>();
    private final List<ScopeRecord> scopes = new ArrayList<>();
    private final Tables tables;
    private Expansion expansion;
    private long commits;
    private int readLog;
    private int readEntries;
    private int committedLog;
    private int committedEntries;
    private int idleWork;

    SimExpander(World world, int partition) {
        this.schedule = world.schedule;
        this.partition = partition;
        this.log = world.log;
        this.guards = world.guards;
        this.mutants = world.mutants;
        this.clock = world.clock;
        tables = SimRows.tables(guards.contains(Guard.INDEX_KEEPS_NEWER));
        expansion = newExpansion();
        String name = "expander " + partition;
        schedule.worker(
                name + " reads the log",
                () -> readLog < log.partition(partition).size(),
                this::readLog);
        schedule.worker(
                name + " reads an entry", () -> readEntries < entries.size(), this::readEntry);
        schedule.worker(name + " works", this::mayWork, this::work);
        schedule.chaos(Trouble.CRASHES, name + " crashes", 2, () -> readLog > 0, this::crash);
    }

    List<Eviction> evictions() {
        return evictions;
    }

    Stamp logEnd() {
        return Stamp.of(1, log.partition(partition).size());
    }

    List<ScopeRecord> scopes() {
        return scopes;
    }

    /**
     * Appends to its second input.
     *
     * @return the offset
     */
    int register(Registration entry) {
        entries.add(entry);
        return entries.size() - 1;
    }

    boolean isDone() {
        return readLog == log.partition(partition).size()
                && readEntries == entries.size()
                && !mayWork();
    }

    /** While it fans out, and a few times more, to say how far it is. */
    private boolean mayWork() {
        return idleWork > 0 || !((SimRows) tables.fanOuts()).isEmpty();
    }

    private void readLog() {
        expansion.onLogRecord(readLog, log.partition(partition).get(readLog).record());
        readLog++;
        idleWork = 2;
        forgetScopesIfUnguarded();
    }

    private void readEntry() {
        expansion.onRegistration(entries.get(readEntries++));
        idleWork = 2;
    }

    private void work() {
        idleWork = Math.max(0, idleWork - 1);
        expansion.work();
        expansion.reportProgress();
        if (schedule.chance(50)) {
            commits++;
            committedLog = readLog;
            committedEntries = readEntries;
        }
    }

    private void crash() {
        readLog = committedLog;
        readEntries = committedEntries;
        idleWork = 2;
        expansion = newExpansion();
    }

    private void forgetScopesIfUnguarded() {
        if (!guards.contains(Guard.SCOPES_IN_EXPANDER)) {
            ((SimRows) tables.scopes()).clear();
        }
    }

    private Expansion newExpansion() {
        var rows = new RowImages(mutants.rowGuard(tables.images()), _ -> TERMS);
        return new Expansion(1, PACE, tables, rows, new Sink(), () -> commits, clock);
    }

    private final class Sink implements Output {

        @Override
        public void evict(Eviction eviction) {
            evictions.add(eviction);
        }

        @Override
        public void scope(ScopeRecord scope) {
            scopes.add(scope);
        }

        @Override
        public void progress(FanOutProgress progress) {}

        @Override
        public void fannedOut(long keys, Duration took) {}

        @Override
        public void rowRefused(RowImages.Reason reason) {
            schedule.note(() -> "row refused: " + reason);
        }
    }
}
