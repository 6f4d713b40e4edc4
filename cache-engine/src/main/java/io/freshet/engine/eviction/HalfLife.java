package io.freshet.engine.eviction;

/**
 * After how long a use counts half under {@code lfu}, in the times that a bucket needs to take in
 * as many entries as it holds.
 *
 * <p>No half-life suits every load. A short one keeps what was used last, a long one what is used
 * most. {@link Trial} finds out which one hits more.
 */
public enum HalfLife {
    /** For loads whose favourites change. */
    SHORT(0.5, 0),
    /** For most loads. */
    MIDDLE(2, 0),
    /**
     * For loops over more than fits, of which a part is kept: newcomers begin below what is there,
     * at random, so that most of them go before it.
     */
    LONG(8, 2);

    private final double turns;
    private final double depth;

    HalfLife(double turns, double depth) {
        this.turns = turns;
        this.depth = depth;
    }

    /** How long it is when that is how long a turn takes, in the same unit. */
    double in(double turn) {
        return turns * turn;
    }

    /** Up to how many half-lives newcomers begin below a use now. */
    double depth() {
        return depth;
    }
}
