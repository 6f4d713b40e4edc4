package io.freshet.infra.local.supervision;

import java.time.Duration;

/**
 * How long to wait before the next start: 1 s, doubled with each failure in a row up to 30 s.
 *
 * @param failures in a row
 */
record Backoff(int failures) {
    static final Backoff NONE = new Backoff(0);

    /** A part that was ready this long has proved itself: its failure is a first one again. */
    static final Duration PROVED = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    Backoff failed() {
        return new Backoff(failures + 1);
    }

    Duration delay() {
        if (failures == 0) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(failures - 1, 10);
        return seconds < LONGEST.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST;
    }
}
