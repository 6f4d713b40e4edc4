package io.freshet.cdc.rule;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a table matter to a rule.
 *
 * @param columns an update that leaves all of these alone, and moves no row into the condition or
 *     out of it, does not matter; empty: every one does
 * @param operations the changes that matter
 * @param when what must hold of a row, besides; null when nothing must
 */
public record Trigger(Set<String> columns, Set<Operation> operations, @Nullable When when) {

    public Trigger {
        columns = Set.copyOf(columns);
        operations = Set.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("'operations' must not be empty: leave it out");
        }
        if (when != null && operations.equals(Set.of(Operation.TRUNCATE))) {
            throw new IllegalArgumentException(
                    "'when' is about rows, of which a truncation tells none: leave it out");
        }
    }

    /**
     * Whether a change may matter; in doubt it does.
     *
     * @param named columns by which entries are named: a change of these moves a row among them
     */
    boolean mayConcern(RowChange change, Set<String> named) {
        if (!operations.contains(change.operation())) {
            return false;
        }
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        return before == null
                || after == null
                || columns.isEmpty()
                || touches(columns, before, after)
                || mayMove(change, named, before, after);
    }

    /** Whether it may make wrong what the old row stands for; there is one. */
    boolean mayConcernOldRow(RowChange change) {
        return when == null || when.mayHoldForOldRow(change);
    }

    /** Whether it may make wrong what the new row stands for; there is one. */
    boolean mayConcernNewRow(RowChange change) {
        return when == null || when.mayHoldForNewRow(change);
    }

    /** Whether the new row is surely one of those that matter. */
    boolean surelyConcernsNewRow(RowChange change) {
        return when == null || when.surelyHoldsForNewRow(change);
    }

    /** Whether it looks at old rows, so that the database must log its columns' old values. */
    boolean readsOldRows() {
        return operations.contains(Operation.UPDATE) || operations.contains(Operation.DELETE);
    }

    /** The columns that it reads. */
    Set<String> columnsRead() {
        var read = new TreeSet<>(columns);
        if (when != null) {
            read.addAll(when.columns());
        }
        return read;
    }

    /** The columns that it reads of old rows. */
    Set<String> oldColumnsRead() {
        var read = new TreeSet<>(columns);
        if (when != null) {
            read.addAll(when.oldColumns());
        }
        return read;
    }

    /** Whether a change of the condition's columns may bring a row in, or take it out. */
    private boolean mayMove(RowChange change, Set<String> named, RowImage before, RowImage after) {
        return when != null
                && touches(when.columns(), before, after)
                && (touches(named, before, after) || !when.surelyHoldsThroughout(change));
    }

    private static boolean touches(Set<String> columns, RowImage before, RowImage after) {
        for (String column : columns) {
            Cell now = after.cell(column);
            if (now instanceof Cell.Unknown || !now.equals(before.cell(column))) {
                return true;
            }
        }
        return false;
    }
}
