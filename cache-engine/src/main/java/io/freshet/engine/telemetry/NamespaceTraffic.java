package io.freshet.engine.telemetry;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one namespace in one window. Thread-safe; {@link #drain} by one thread. */
final class NamespaceTraffic {

    private final int counters;
    private final long shownPerSecond;
    private final LongAdder nearHits = new LongAdder();
    private final LongAdder redisHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final Object hotLock = new Object();
    private SpaceSaving hot;

    /** One request in this many, a power of two, is shown to the hot-key counters. */
    private volatile int oneIn = 1;

    NamespaceTraffic(int counters, long shownPerSecond) {
        this.counters = counters;
        this.shownPerSecond = shownPerSecond;
        hot = new SpaceSaving(counters);
    }

    void nearHit(EntryKey key) {
        nearHits.increment();
        show(key, true);
    }

    void redisHit(EntryKey key) {
        redisHits.increment();
        show(key, true);
    }

    void miss(EntryKey key) {
        misses.increment();
        show(key, false);
    }

    void load(Duration took) {
        loads.increment();
        loadNanos.add(took.toNanos());
    }

    private void show(EntryKey key, boolean hit) {
        int weight = oneIn;
        if (weight == 1 || (ThreadLocalRandom.current().nextInt() & weight - 1) == 0) {
            synchronized (hotLock) {
                hot.add(key, hit, weight);
            }
        }
    }

    Optional<Traffic> drain(String node, Namespace namespace, Instant now, Duration window) {
        long near = nearHits.sumThenReset();
        long redis = redisHits.sumThenReset();
        long missed = misses.sumThenReset();
        long total = near + redis + missed;
        var loaded =
                new Traffic.Loads(loads.sumThenReset(), Duration.ofNanos(loadNanos.sumThenReset()));
        oneIn = sampling(total * 1000 / Math.max(1, window.toMillis()));
        if (total == 0 && loaded.count() == 0) {
            return Optional.empty();
        }
        SpaceSaving seen;
        synchronized (hotLock) {
            seen = hot;
            hot = new SpaceSaving(counters);
        }
        return Optional.of(
                new Traffic(
                        node,
                        namespace,
                        now,
                        window,
                        near,
                        redis,
                        missed,
                        loaded,
                        seen.top(TrafficRecorder.HOT_KEYS)));
    }

    private int sampling(long perSecond) {
        long tooMany = perSecond / shownPerSecond;
        return tooMany == 0 ? 1 : (int) Math.min(1 << 16, Long.highestOneBit(tooMany) << 1);
    }
}
