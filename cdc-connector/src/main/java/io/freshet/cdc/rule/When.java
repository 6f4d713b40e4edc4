package io.freshet.cdc.rule;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The condition of a rule: only a row that it may hold for matters.
 *
 * <p>A column without {@code old.} or {@code new.} is one of the row that is asked about: the
 * condition is asked of the old row and of the new one, each by itself. What a change does not
 * tell, and NULL, leave it open; an open condition counts as one that holds, since too much is
 * safe.
 */
public final class When {

    private static final RowImage ABSENT = _ -> Cell.NULL;
    private static final RowImage UNTOLD = _ -> Cell.UNKNOWN;

    private final String source;
    private final Condition condition;
    private final Set<String> columns;

    private When(String source, Condition condition) {
        this.source = source;
        this.condition = condition;
        this.columns = columns(Set.of(Operand.Side.values()));
    }

    /**
     * Reads a condition such as {@code status = 'published' and old.price <> new.price}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static When parse(String source) {
        return new When(source, ConditionParser.parse(source));
    }

    /** Whether it may hold for the old row; there is one. */
    boolean mayHoldForOldRow(RowChange change) {
        return ofOldRow(change) != Truth.NO;
    }

    /** Whether it may hold for the new row; there is one. */
    boolean mayHoldForNewRow(RowChange change) {
        return ofNewRow(change) != Truth.NO;
    }

    /** Whether the new row is one that it surely holds for. */
    boolean surelyHoldsForNewRow(RowChange change) {
        return change.after() != null && ofNewRow(change) == Truth.YES;
    }

    /** Whether it surely holds for a row before a change and after it, whatever was changed. */
    boolean surelyHoldsThroughout(RowChange change) {
        return columns(Set.of(Operand.Side.OLD, Operand.Side.NEW)).isEmpty()
                && ofOldRow(change) == Truth.YES
                && ofNewRow(change) == Truth.YES;
    }

    private Truth ofOldRow(RowChange change) {
        RowImage old = old(change);
        return condition.judge(new Condition.Rows(old, now(change), old));
    }

    private Truth ofNewRow(RowChange change) {
        RowImage now = now(change);
        return condition.judge(new Condition.Rows(old(change), now, now));
    }

    private static RowImage old(RowChange change) {
        RowImage before = change.before();
        if (before != null) {
            return before;
        }
        return change.operation() == Operation.INSERT ? ABSENT : UNTOLD;
    }

    private static RowImage now(RowChange change) {
        RowImage after = change.completedAfter();
        if (after != null) {
            return after;
        }
        return change.operation() == Operation.DELETE ? ABSENT : UNTOLD;
    }

    /** The tests that it is made of, from left to right. */
    public Stream<Condition.Leaf> leaves() {
        return condition.leaves();
    }

    /** The columns that it reads. */
    Set<String> columns() {
        return columns;
    }

    /** The columns that it reads of old rows. */
    Set<String> oldColumns() {
        return columns(Set.of(Operand.Side.OLD, Operand.Side.EITHER));
    }

    private Set<String> columns(Set<Operand.Side> sides) {
        var columns = new TreeSet<String>();
        leaves().flatMap(leaf -> leaf.columns().stream())
                .filter(column -> sides.contains(column.side()))
                .forEach(column -> columns.add(column.name()));
        return columns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof When that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return source;
    }
}
