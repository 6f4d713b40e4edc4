package io.freshet.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** The one clock of a world; it stands still unless it is moved on. */
final class SimClock implements InstantSource {

    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
        return now;
    }

    void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
