package io.freshet.simulation;

import io.freshet.cdc.visibility.Snapshot;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database whose commits are in its log first and visible later. A row's value is its version,
 * which counts its commits.
 */
final class SimDatabase {

    /** A record of the log. */
    sealed interface WalRecord {

        Lsn lsn();

        Instant at();
    }

    /** What the capture process writes now and then. */
    record Beat(Lsn lsn, Instant at) implements WalRecord {}

    /**
     * A committed transaction.
     *
     * @param id its 32-bit id
     * @param rows those that it changed, each to its next version
     * @param versions what it changed them to, by place in {@code rows}
     * @param captured whether a rule says what it invalidates; else its author does, afterwards
     */
    record Transaction(
            int id,
            Lsn lsn,
            Instant at,
            List<Integer> rows,
            List<Integer> versions,
            Target target,
            Mode mode,
            boolean captured)
            implements WalRecord {

        int versionOf(int row) {
            int place = rows.indexOf(row);
            return place < 0 ? 0 : versions.get(place);
        }

        @Override
        public String toString() {
            return "tx%d rows %s -> v%s, %s %s%s"
                    .formatted(id, rows, versions, mode, target, captured ? "" : ", uncaptured");
        }
    }

    private final InstantSource clock;
    private final List<WalRecord> log = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final List<Transaction> invisible = new ArrayList<>();
    private final IdentityHashMap<Transaction, Instant> visibleSince = new IdentityHashMap<>();
    private final int[] committed = new int[SimKeys.COUNT];
    private final int[] visible = new int[SimKeys.COUNT];
    private @Nullable Snapshot snapshot;

    SimDatabase(InstantSource clock) {
        this.clock = clock;
    }

    List<WalRecord> log() {
        return log;
    }

    List<Transaction> transactions() {
        return transactions;
    }

    int visibleVersion(int row) {
        return visible[row];
    }

    /** Whether no transaction that is not yet visible holds the rows' locks. */
    boolean isUnlocked(List<Integer> rows) {
        return invisible.stream().noneMatch(tx -> tx.rows().stream().anyMatch(rows::contains));
    }

    boolean hasInvisible() {
        return !invisible.isEmpty();
    }

    void beat() {
        log.add(new Beat(nextLsn(), clock.instant()));
    }

    /** The commit record is flushed: the log delivers it, no new reader sees it. */
    Transaction commit(Target target, Mode mode, boolean captured) {
        List<Integer> rows = SimKeys.rowsUnder(target);
        List<Integer> versions = rows.stream().map(row -> ++committed[row]).toList();
        var transaction =
                new Transaction(
                        transactions.size() + 1,
                        nextLsn(),
                        clock.instant(),
                        rows,
                        versions,
                        target,
                        mode,
                        captured);
        log.add(transaction);
        transactions.add(transaction);
        invisible.add(transaction);
        snapshot = null;
        return transaction;
    }

    /** Lets new readers see one of those that they do not. */
    Transaction show(int choice) {
        Transaction shown = invisible.remove(choice % invisible.size());
        for (int i = 0; i < shown.rows().size(); i++) {
            visible[shown.rows().get(i)] = shown.versions().get(i);
        }
        visibleSince.put(shown, clock.instant());
        snapshot = null;
        return shown;
    }

    boolean isVisible(Transaction transaction) {
        return visibleSince.containsKey(transaction);
    }

    /** Whether whoever read it then, or later, saw it. */
    boolean wasVisibleBefore(Transaction transaction, Instant then) {
        Instant since = visibleSince.get(transaction);
        return since != null && since.isBefore(then);
    }

    /** What {@code pg_current_snapshot()} says. */
    Snapshot snapshot() {
        if (snapshot == null) {
            int next = transactions.size() + 1;
            int oldest = invisible.stream().mapToInt(Transaction::id).min().orElse(next);
            String inProgress =
                    invisible.stream()
                            .map(tx -> Integer.toString(tx.id()))
                            .collect(Collectors.joining(","));
            snapshot = Snapshot.parse(oldest + ":" + next + ":" + inProgress);
        }
        return snapshot;
    }

    /** Where the log ends: behind the last record. */
    Lsn end() {
        return endAfter(log.size());
    }

    /** Where the log ends after so many records. */
    static Lsn endAfter(int records) {
        return new Lsn(records + 1L);
    }

    private Lsn nextLsn() {
        return end();
    }
}
