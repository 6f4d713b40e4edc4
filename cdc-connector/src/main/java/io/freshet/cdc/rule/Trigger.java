package io.freshet.cdc.rule;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a table matter to a rule.
 *
 * @param columns an update that leaves all of these alone, and those of the condition, does not
 *     matter; empty: every one does
 * @param operations the changes that matter
 * @param when what must hold of the rows, besides; null when nothing must
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

    /** Whether a change may matter; in doubt it does. */
    boolean mayConcern(RowChange change) {
        if (!operations.contains(change.operation())) {
            return false;
        }
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        return (before == null || after == null || touches(before, after))
                && (when == null || when.mayHold(change));
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

    private boolean touches(RowImage before, RowImage after) {
        return columns.isEmpty()
                || touches(columns, before, after)
                || (when != null && touches(when.columns(), before, after));
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
