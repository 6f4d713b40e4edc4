package io.freshet.api.metrics;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The meters of one namespace, bound once so that a request looks none up. Thread-safe. */
public final class NamespaceMeters {

    private final Namespace namespace;
    private final Map<Lookup.Tier, Counter> hits;
    private final Counter misses;
    private final Map<Operation, Timer> latency;

    NamespaceMeters(
            Namespace namespace,
            Map<Lookup.Tier, Counter> hits,
            Counter misses,
            Map<Operation, Timer> latency) {
        this.namespace = namespace;
        this.hits = new EnumMap<>(hits);
        this.misses = misses;
        this.latency = new EnumMap<>(latency);
    }

    public Namespace namespace() {
        return namespace;
    }

    /** Counts what a read found: what the source had to be asked for is a miss. */
    public void found(Lookup lookup) {
        switch (lookup) {
            case Lookup.Hit(_, var tier, _, _) -> {
                Counter hit = hits.get(tier);
                (hit == null ? misses : hit).increment();
            }
            case Lookup.Absent _ -> missed();
            case Lookup.Unavailable _ -> {}
        }
    }

    /** Likewise, unless its caller only observes. */
    public void found(Lookup lookup, ReadOptions asked) {
        if (!asked.probe()) {
            found(lookup);
        }
    }

    /** Counts a read that found nothing. */
    public void missed() {
        misses.increment();
    }

    /** Records how long an operation took that began at {@code start}, a {@code nanoTime}. */
    public void took(Operation operation, long start) {
        Timer timer = latency.get(operation);
        if (timer != null) {
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** What this node has counted since it started. */
    public HitCounts counts() {
        double hit = hits.values().stream().mapToDouble(Counter::count).sum();
        return new HitCounts((long) hit, (long) misses.count());
    }
}
