package io.freshet.cdc.rule;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The condition of a rule: only a change that it may hold for matters.
 *
 * <p>A column without {@code old.} or {@code new.} is one of the old row or of the new one: the
 * condition holds if it holds for either. What a change does not tell, and NULL, leave it open; an
 * open condition counts as one that holds, since too much is safe.
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

    /** Whether a change may matter. Of a truncation no row is told, so it does. */
    boolean mayHold(RowChange change) {
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        return switch (change.operation()) {
            case TRUNCATE -> true;
            case INSERT ->
                    judge(ABSENT, after == null ? UNTOLD : after, Operand.Side.NEW) != Truth.NO;
            case DELETE ->
                    judge(before == null ? UNTOLD : before, ABSENT, Operand.Side.OLD) != Truth.NO;
            case UPDATE -> {
                RowImage old = before == null ? UNTOLD : before;
                RowImage now = after == null ? UNTOLD : after;
                yield judge(old, now, Operand.Side.OLD).or(judge(old, now, Operand.Side.NEW))
                        != Truth.NO;
            }
        };
    }

    /** Whether the new row is one that it surely holds for. */
    boolean surelyHoldsForNewRow(RowChange change) {
        RowImage before = change.before();
        RowImage after = change.completedAfter();
        RowImage absent = change.operation() == Operation.INSERT ? ABSENT : UNTOLD;
        return after != null
                && judge(before == null ? absent : before, after, Operand.Side.NEW) == Truth.YES;
    }

    private Truth judge(RowImage before, RowImage after, Operand.Side either) {
        return condition.judge(
                new Condition.Rows(before, after, either == Operand.Side.OLD ? before : after));
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
