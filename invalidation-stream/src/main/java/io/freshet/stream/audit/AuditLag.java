package io.freshet.stream.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How old what this instance has yet to write down may be. Thread-safe. */
final class AuditLag {

    private static final double MILLIS = 1_000.0;

    private final InstantSource clock;
    private final Map<Integer, Instant> reached = new ConcurrentHashMap<>();

    AuditLag(InstantSource clock) {
        this.clock = clock;
    }

    /** These partitions are this instance's now, and no others. */
    void has(Set<Integer> partitions) {
        reached.keySet().retainAll(partitions);
        partitions.forEach(partition -> reached.putIfAbsent(partition, clock.instant()));
    }

    /** All that entered a partition before then is written down. */
    void reached(int partition, Instant at) {
        reached.replace(partition, at);
    }

    /** Of the partition that is furthest behind; NaN without one. */
    double seconds() {
        Instant now = clock.instant();
        return reached.values().stream()
                .mapToDouble(at -> Math.max(0, Duration.between(at, now).toMillis()) / MILLIS)
                .max()
                .orElse(Double.NaN);
    }
}
