package io.freshet.stream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Waits longer after each failure, up to a limit. For one thread, except {@link #isActive}. */
final class BackOff {

    private final Duration shortest;
    private final Duration longest;
    private final InstantSource clock;
    private Duration next;
    private volatile @Nullable Instant until;

    BackOff(Duration shortest, Duration longest, InstantSource clock) {
        this.shortest = shortest;
        this.longest = longest;
        this.clock = clock;
        this.next = shortest;
    }

    void failed() {
        until = clock.instant().plus(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    void succeeded() {
        until = null;
        next = shortest;
    }

    /** Whether the last attempt failed. */
    boolean isActive() {
        return until != null;
    }

    /** Whether it is too early for the next attempt. */
    boolean isWaiting() {
        Instant end = until;
        return end != null && clock.instant().isBefore(end);
    }
}
