package io.freshet.infra.check.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The latest commits and invalidations that a read may name. Thread-safe. */
public final class Bounds {
    private static final int KEPT = 32;

    private final AtomicReferenceArray<@Nullable Bound> latest = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Who reads the key with that header must be told everything that was acknowledged by then.
     *
     * @param known nanoseconds
     */
    record Bound(String key, String header, String value, long known) {}

    void offer(Bound bound) {
        latest.set(Math.floorMod(next.getAndIncrement(), KEPT), bound);
    }

    /** One of the latest; null when there is none yet. */
    @Nullable Bound any(RandomGenerator random) {
        return latest.get(random.nextInt(KEPT));
    }
}
