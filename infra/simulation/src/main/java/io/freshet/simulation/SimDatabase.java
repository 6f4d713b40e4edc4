package io.freshet.simulation;

import io.freshet.cdc.visibility.Snapshot;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A database whose commits are in its log first and visible later. Rows are keys of {@link
 * SimKeys}; a row's value is its version.
 */
final class SimDatabase {

    /**
     * A committed transaction.
     *
     * @param id its 32-bit id
     * @param rows those that it changed, each to its next version
     * @param versions what it changed them to, by place in {@code rows}
     */
    record Transaction(
            int id, Lsn lsn, List<Integer> rows, List<Integer> versions, Target target, Mode mode) {

        @Override
        public String toString() {
            return "tx" + id + " rows " + rows + " -> v" + versions + ", " + mode + " " + target;
        }
    }

    private final List<Transaction> log = new ArrayList<>();
    private final List<Transaction> invisible = new ArrayList<>();
    private final int[] committed = new int[SimKeys.COUNT];
    private final int[] visible = new int[SimKeys.COUNT];

    List<Transaction> log() {
        return log;
    }

    int visibleVersion(int row) {
        return visible[row];
    }

    /** The newest version that a commit in this mode made; 0 when there is none. */
    int newestVersion(int row, Mode mode) {
        int newest = 0;
        for (Transaction transaction : log) {
            int at = transaction.mode() == mode ? transaction.rows().indexOf(row) : -1;
            newest = at < 0 ? newest : Math.max(newest, transaction.versions().get(at));
        }
        return newest;
    }

    /** Whether no transaction that is not yet visible holds the rows' locks. */
    boolean isUnlocked(List<Integer> rows) {
        return invisible.stream().noneMatch(tx -> tx.rows().stream().anyMatch(rows::contains));
    }

    boolean hasInvisible() {
        return !invisible.isEmpty();
    }

    /** The commit record is flushed: the log delivers it, no new reader sees it. */
    Transaction commit(List<Integer> rows, Target target, Mode mode) {
        List<Integer> versions = rows.stream().map(row -> ++committed[row]).toList();
        var transaction =
                new Transaction(
                        log.size() + 1, new Lsn(log.size() + 1L), rows, versions, target, mode);
        log.add(transaction);
        invisible.add(transaction);
        return transaction;
    }

    /** Lets new readers see one of those that they do not. */
    Transaction show(int choice) {
        Transaction shown = invisible.remove(choice % invisible.size());
        for (int i = 0; i < shown.rows().size(); i++) {
            visible[shown.rows().get(i)] = shown.versions().get(i);
        }
        return shown;
    }

    boolean isVisible(Transaction transaction) {
        return !invisible.contains(transaction);
    }

    /** What {@code pg_current_snapshot()} says. */
    Snapshot snapshot() {
        if (invisible.isEmpty()) {
            int next = log.size() + 1;
            return Snapshot.parse(next + ":" + next + ":");
        }
        String inProgress =
                invisible.stream()
                        .map(tx -> Integer.toString(tx.id()))
                        .collect(Collectors.joining(","));
        int oldest = invisible.stream().mapToInt(Transaction::id).min().orElseThrow();
        return Snapshot.parse(oldest + ":" + (log.size() + 1) + ":" + inProgress);
    }
}
