package io.freshet.stream.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one log event through in a while: what befalls every bucket is told once. Thread-safe. */
final class Sparse {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + PAUSE);
    }
}
