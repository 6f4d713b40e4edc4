package io.freshet.simulation;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import io.freshet.stream.expansion.Expansion;
import io.freshet.stream.expansion.Output;
import io.freshet.stream.expansion.Pace;
import io.freshet.stream.expansion.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The real {@link Expansion} of one partition. It reads its two inputs in any order, and after a
 * crash reads again what it had read since its last commit; its tables survive.
 */
final class SimExpander {

    private static final Pace PACE = new Pace(1, 1, 1);

    private final Schedule schedule;
    private final int partition;
    private final SimLog log;
    private final Set<Guard> guards;
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

    SimExpander(Schedule schedule, int partition, SimLog log, Set<Guard> guards) {
        this.schedule = schedule;
        this.partition = partition;
        this.log = log;
        this.guards = guards;
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
        return new Expansion(1, PACE, tables, new Sink(), () -> commits, () -> Instant.EPOCH);
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
        public void fannedOut(long keys, Duration took) {}
    }
}
