package io.freshet.cdc.rule;

/** Whether something holds, as far as a change tells. */
enum Truth {
    YES,
    NO,
    /** A value is NULL, is not told, or has no order or text of its own. */
    UNDECIDED;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    Truth and(Truth other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES ? other : UNDECIDED;
    }

    Truth or(Truth other) {
        return not().and(other.not()).not();
    }

    Truth not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
