package io.freshet.cdc.rule;

import java.util.List;
import java.util.stream.Stream;

/** A condition over the old row and the new one of a change, in SQL's logic of three values. */
public sealed interface Condition {

    /** Whether it holds for these rows. */
    Truth judge(Rows rows);

    /** The tests that it is made of, from left to right. */
    Stream<Leaf> leaves();

    /** The rows that its columns are of. */
    record Rows(RowImage before, RowImage after, RowImage either) {

        Cell cell(Operand.Column column) {
            return switch (column.side()) {
                case OLD -> before.cell(column.name());
                case NEW -> after.cell(column.name());
                case EITHER -> either.cell(column.name());
            };
        }
    }

    record And(Condition left, Condition right) implements Condition {

        @Override
        public Truth judge(Rows rows) {
            return left.judge(rows).and(right.judge(rows));
        }

        @Override
        public Stream<Leaf> leaves() {
            return Stream.concat(left.leaves(), right.leaves());
        }
    }

    record Or(Condition left, Condition right) implements Condition {

        @Override
        public Truth judge(Rows rows) {
            return left.judge(rows).or(right.judge(rows));
        }

        @Override
        public Stream<Leaf> leaves() {
            return Stream.concat(left.leaves(), right.leaves());
        }
    }

    record Not(Condition condition) implements Condition {

        @Override
        public Truth judge(Rows rows) {
            return condition.judge(rows).not();
        }

        @Override
        public Stream<Leaf> leaves() {
            return condition.leaves();
        }
    }

    /** A test of one or two columns. */
    sealed interface Leaf extends Condition {

        List<Operand.Column> columns();

        @Override
        default Stream<Leaf> leaves() {
            return Stream.of(this);
        }
    }

    /** A column is NULL; so is every column of a row that there is not. */
    record IsNull(Operand.Column column) implements Leaf {

        @Override
        public Truth judge(Rows rows) {
            return switch (rows.cell(column)) {
                case Cell.Null _ -> Truth.YES;
                case Cell.Text _, Cell.Opaque _ -> Truth.NO;
                case Cell.Unknown _ -> Truth.UNDECIDED;
            };
        }

        @Override
        public List<Operand.Column> columns() {
            return List.of(column);
        }
    }

    /** A column against a value. */
    record OfValue(Operand.Column column, Comparison comparison, Operand.Value value)
            implements Leaf {

        @Override
        public Truth judge(Rows rows) {
            return Values.compare(rows.cell(column), comparison, value);
        }

        @Override
        public List<Operand.Column> columns() {
            return List.of(column);
        }

        @Override
        public String toString() {
            return column + " " + comparison + " " + value;
        }
    }

    /** Two columns against each other. */
    record OfColumns(Operand.Column left, Comparison comparison, Operand.Column right)
            implements Leaf {

        @Override
        public Truth judge(Rows rows) {
            return Values.compare(rows.cell(left), comparison, rows.cell(right));
        }

        @Override
        public List<Operand.Column> columns() {
            return List.of(left, right);
        }

        @Override
        public String toString() {
            return left + " " + comparison + " " + right;
        }
    }
}
