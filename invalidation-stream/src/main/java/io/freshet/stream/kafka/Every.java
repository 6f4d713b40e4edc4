package io.freshet.stream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says that something is due, at most once in an interval. For one thread. */
final class Every {

    private final Duration interval;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    Every(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    boolean isDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(interval);
        return true;
    }
}
