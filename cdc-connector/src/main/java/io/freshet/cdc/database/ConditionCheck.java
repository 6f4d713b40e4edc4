package io.freshet.cdc.database;

import io.freshet.cdc.rule.Comparison;
import io.freshet.cdc.rule.Condition;
import io.freshet.cdc.rule.Operand;
import io.freshet.cdc.rule.Rule;
import java.util.Objects;
import java.util.Set;

/**
 * Holds the condition of a rule against the types of its columns. Pure. What it lets pass means to
 * the connector what it means to the database.
 */
final class ConditionCheck {

    private final Rule rule;
    private final TableShape table;
    private final Set<String> problems;

    ConditionCheck(Rule rule, TableShape table, Set<String> problems) {
        this.rule = rule;
        this.table = table;
        this.problems = problems;
    }

    void run() {
        if (rule.trigger().when() != null) {
            rule.trigger().when().leaves().forEach(this::check);
        }
    }

    /** Columns that the table does not have are told of elsewhere. */
    private void check(Condition.Leaf leaf) {
        if (!leaf.columns().stream().allMatch(c -> table.columns().containsKey(c.name()))) {
            return;
        }
        switch (leaf) {
            case Condition.IsNull _ -> {}
            case Condition.OfValue(var column, var comparison, var value) ->
                    checkValue(leaf, column, comparison, value);
            case Condition.OfColumns(var left, var comparison, var right) ->
                    checkColumns(leaf, left, comparison, right);
        }
    }

    private void checkValue(
            Condition leaf, Operand.Column column, Comparison comparison, Operand.Value value) {
        TableShape.Column found = column(column);
        ColumnKind kind = found.kind();
        if (kind == ColumnKind.OTHER) {
            problem(leaf, column, "cannot be compared: use 'is null', or another column");
        } else if (!kind.takes(value)) {
            problem(leaf, column, "is compared with " + kind.comparable());
        } else if (kind == ColumnKind.ENUM
                && value instanceof Operand.Value.Text(String label)
                && !found.labels().contains(label)) {
            problem(leaf, column, "has the labels " + String.join(", ", found.labels()));
        } else if (comparison.isOfOrder() && !kind.isOrdered()) {
            problem(leaf, column, "has no order here: use =, <> or in");
        }
    }

    private void checkColumns(
            Condition leaf, Operand.Column left, Comparison comparison, Operand.Column right) {
        boolean same = left.name().equals(right.name());
        ColumnKind kind = column(left).kind();
        if (same && comparison == Comparison.DIFFERENT) {
            return;
        }
        if (kind == ColumnKind.OTHER) {
            problem(
                    leaf,
                    left,
                    "cannot be compared, but for old.%1$s <> new.%1$s".formatted(left.name()));
        } else if (!isOneType(column(left), column(right))) {
            problem(
                    leaf,
                    left,
                    "cannot be compared with '%s' of type %s: compare columns of one type"
                            .formatted(right.name(), column(right).type()));
        } else if (comparison.isOfOrder() && !kind.isOrdered()) {
            problem(leaf, left, "has no order here: use = or <>");
        }
    }

    private static boolean isOneType(TableShape.Column left, TableShape.Column right) {
        return left.kind() == right.kind() && left.labels().equals(right.labels());
    }

    private TableShape.Column column(Operand.Column column) {
        return Objects.requireNonNull(table.columns().get(column.name()));
    }

    private void problem(Condition leaf, Operand.Column column, String mend) {
        problems.add(
                "rule '%s': 'when' has %s, but column '%s' of table %s, of type %s, %s"
                        .formatted(
                                rule.name(),
                                leaf,
                                column.name(),
                                rule.table(),
                                column(column).type(),
                                mend));
    }
}
