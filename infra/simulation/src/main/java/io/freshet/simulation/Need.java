package io.freshet.simulation;

/**
 * What an answer may not be older than.
 *
 * @param fresh version that an answer has at least
 * @param hard version that even an answer marked stale has at least
 * @param put version that every answer has at least, unless the store failed over since
 * @param failovers of the store when that was so
 */
record Need(int fresh, int hard, int put, int failovers) {

    static final Need NOTHING = new Need(0, 0, 0, 0);

    static Need of(int fresh, int hard) {
        return new Need(fresh, hard, 0, 0);
    }

    /** Of an answer that is given when the store has failed over so often. */
    int version(boolean markedStale, int failoversNow) {
        int least = markedStale ? hard : fresh;
        return failovers == failoversNow ? Math.max(least, put) : least;
    }

    Need and(Need other) {
        Need newer = failovers >= other.failovers ? this : other;
        return new Need(
                Math.max(fresh, other.fresh),
                Math.max(hard, other.hard),
                failovers == other.failovers ? Math.max(put, other.put) : newer.put,
                newer.failovers);
    }
}
