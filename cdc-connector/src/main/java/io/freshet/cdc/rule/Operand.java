package io.freshet.cdc.rule;

import java.math.BigDecimal;

/** What a condition compares. */
public sealed interface Operand {

    /** Which row a column is of. */
    enum Side {
        OLD,
        NEW,
        /** The old row or the new one: a condition holds if it holds for either. */
        EITHER
    }

    /**
     * A column of a row.
     *
     * @param name as in the catalog
     */
    record Column(Side side, String name) implements Operand {

        @Override
        public String toString() {
            return switch (side) {
                case OLD -> "old." + SqlName.toSql(name);
                case NEW -> "new." + SqlName.toSql(name);
                case EITHER -> SqlName.toSql(name);
            };
        }
    }

    /** A value that stands in the condition. */
    sealed interface Value extends Operand {

        /** Of a text, an enum, a uuid, a date or a time. */
        record Text(String text) implements Value {
            @Override
            public String toString() {
                return "'" + text.replace("'", "''") + "'";
            }
        }

        record Numeric(BigDecimal number) implements Value {
            @Override
            public String toString() {
                return number.toPlainString();
            }
        }

        record Bool(boolean value) implements Value {
            @Override
            public String toString() {
                return String.valueOf(value);
            }
        }
    }
}
