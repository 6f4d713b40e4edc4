package io.freshet.stream.expansion;

import java.time.Duration;
import java.time.Instant;

/**
 * How many keys may be handed out now, so that it is so many in a second: a bucket of tokens. It
 * holds a tenth of a second's worth, so that a small purge never waits; and rather than a few keys
 * it gives none, so that a large one makes full records. For one thread.
 */
final class KeyBudget {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LONG = Duration.ofSeconds(1);

    private final long perSecond;
    private final int capacity;
    private final int worthwhile;
    private Instant filledAt;
    private int left;

    KeyBudget(Pace pace, Instant now) {
        this.perSecond = pace.keysPerSecond();
        this.capacity = Math.max(1, pace.keysPerSecond() / 10);
        this.worthwhile = Math.min(pace.keysPerRecord(), Math.max(1, capacity / 2));
        this.filledAt = now;
        this.left = capacity;
    }

    /** Keys that may be handed out. */
    int at(Instant now) {
        Duration passed = Duration.between(filledAt, now);
        if (passed.isNegative()) {
            filledAt = now;
        } else if (passed.compareTo(LONG) >= 0) {
            filledAt = now;
            left = capacity;
        } else {
            long gained = perSecond * passed.toNanos() / NANOS;
            left = (int) Math.min(capacity, left + gained);
            filledAt = filledAt.plusNanos(gained * NANOS / perSecond);
        }
        return left < worthwhile ? 0 : left;
    }

    void spend(int keys) {
        left -= keys;
    }
}
