package io.freshet.simulation;

/** What need not happen, by kind. */
enum Trouble {
    READS,
    COMMITS,
    PUTS,
    /** Time passes, and heartbeats say so. */
    TIME,
    /** Processes end and begin again. */
    CRASHES,
    /** The store becomes an older one. */
    FAILOVERS,
    /** The store forgets. */
    LOSSES,
    /** Changes that nobody asks about. */
    NOISE
}
