package io.freshet.cdc.rule;

/** How two values are compared. */
public enum Comparison {
    EQUAL("="),
    DIFFERENT("<>"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /**
     * Reads an operator as SQL writes it.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Comparison parse(String symbol) {
        for (Comparison comparison : values()) {
            if (comparison.symbol.equals(symbol)) {
                return comparison;
            }
        }
        if (symbol.equals("!=")) {
            return DIFFERENT;
        }
        throw new IllegalArgumentException("'" + symbol + "' is no comparison");
    }

    /** Whether it asks which of two values comes first. */
    public boolean isOfOrder() {
        return this != EQUAL && this != DIFFERENT;
    }

    /**
     * Whether it holds.
     *
     * @param order negative, zero or positive, as of a {@link java.util.Comparator}
     */
    boolean holdsFor(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    @Override
    public String toString() {
        return symbol;
    }
}
