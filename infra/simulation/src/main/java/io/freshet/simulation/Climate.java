package io.freshet.simulation;

/**
 * What kind of history the odds are drawn for: one with a little of everything, or one that is
 * directed at what is rare there, by leaving out the rest.
 */
enum Climate {
    CHANGEABLE,
    /** Many ask for one key, and fills linger. */
    CROWD,
    /** The store fails over while evictions are applied to it. */
    FAILOVER,
    /** Callers put and delete, patiently, at nodes of which one lags. */
    PUTTING,
    /** Values expire, and sources fail. */
    EXPIRY,
    /** Loads are answered by a standby that lags. */
    STANDBY,
    /** Changes bring the rows that they leave, and are delivered again. */
    WRITING;

    private static final Climate[] ALL = values();

    /** That of a seed: every other one is changeable. */
    static Climate of(long seed) {
        int turn = Math.floorMod(seed, 2 * (ALL.length - 1));
        return turn % 2 == 0 ? CHANGEABLE : ALL[1 + turn / 2];
    }

    boolean brings(Trouble trouble) {
        return switch (this) {
            case CHANGEABLE -> true;
            case CROWD -> trouble == Trouble.READS || trouble == Trouble.COMMITS;
            case FAILOVER -> trouble == Trouble.COMMITS || trouble == Trouble.FAILOVERS;
            case PUTTING -> trouble == Trouble.PUTS;
            case EXPIRY, STANDBY ->
                    trouble == Trouble.READS
                            || trouble == Trouble.COMMITS
                            || trouble == Trouble.TIME;
            case WRITING ->
                    trouble == Trouble.READS
                            || trouble == Trouble.COMMITS
                            || trouble == Trouble.TIME
                            || trouble == Trouble.CRASHES;
        };
    }
}
