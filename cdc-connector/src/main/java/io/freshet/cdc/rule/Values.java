package io.freshet.cdc.rule;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares values of which only the text is known, and leaves open what the text does not tell: a
 * text's place in its collation, a number that is none, a date of another era.
 */
final class Values {

    /** Dates and times of four-digit years: their texts are in the order of what they mean. */
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(\\+00)?)?");

    /** Numbers of more digits are not worth the time that it takes to read them. */
    private static final int LONGEST_NUMBER = 1_000;

    private Values() {}

    static Truth compare(Cell cell, Comparison comparison, Operand.Value value) {
        if (!(cell instanceof Cell.Text(String text))) {
            return Truth.UNDECIDED;
        }
        return switch (value) {
            case Operand.Value.Text(String other) -> texts(text, comparison, other);
            case Operand.Value.Bool(boolean other) ->
                    isBoolean(text)
                            ? Truth.of(
                                    comparison.holdsFor(
                                            Boolean.compare(Boolean.parseBoolean(text), other)))
                            : Truth.UNDECIDED;
            case Operand.Value.Numeric(BigDecimal other) -> {
                BigDecimal number = number(text);
                yield number == null
                        ? Truth.UNDECIDED
                        : Truth.of(comparison.holdsFor(number.compareTo(other)));
            }
        };
    }

    static Truth compare(Cell left, Comparison comparison, Cell right) {
        if (left instanceof Cell.Text(String first) && right instanceof Cell.Text(String second)) {
            return columns(first, comparison, second);
        }
        if (left instanceof Cell.Opaque
                && right instanceof Cell.Opaque
                && !comparison.isOfOrder()) {
            return Truth.of(comparison.holdsFor(left.equals(right) ? 0 : 1));
        }
        return Truth.UNDECIDED;
    }

    /** Numbers that are equal but written differently may be texts that are not. */
    private static Truth columns(String left, Comparison comparison, String right) {
        if (left.equals(right)) {
            return Truth.of(comparison.holdsFor(0));
        }
        if (Math.min(left.length(), right.length()) > LONGEST_NUMBER) {
            return Truth.UNDECIDED;
        }
        BigDecimal first = number(left);
        BigDecimal second = number(right);
        if (first == null || second == null) {
            return texts(left, comparison, right);
        }
        int order = first.compareTo(second);
        return order == 0 ? Truth.UNDECIDED : Truth.of(comparison.holdsFor(order));
    }

    private static Truth texts(String left, Comparison comparison, String right) {
        boolean ordered = MOMENT.matcher(left).matches() && MOMENT.matcher(right).matches();
        return ordered || !comparison.isOfOrder() || left.equals(right)
                ? Truth.of(comparison.holdsFor(left.compareTo(right)))
                : Truth.UNDECIDED;
    }

    private static boolean isBoolean(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static @Nullable BigDecimal number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
