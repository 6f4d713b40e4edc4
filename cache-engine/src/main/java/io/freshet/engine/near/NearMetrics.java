package io.freshet.engine.near;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the near cache holds and lost, as metrics with {@code tier="l1"}. */
public final class NearMetrics implements MeterBinder {

    /** What is counted in memory and in Redis is one metric, which is described once. */
    public static final String ENTRIES =
            "Entries: of this node's memory (l1), or in Redis (l2), which every node tells alike";

    public static final String SIZE = "Bytes of these entries; of l1 estimated";
    public static final String EVICTIONS = "Entries that went, by why they went";

    /** In place of a namespace, since all share the room. */
    private static final String ALL = "";

    private final NearCache near;

    public NearMetrics(NearCache near) {
        this.near = near;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("cache.size.bytes", near, cache -> cache.stats().bytes())
                .description(SIZE)
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .register(registry);
        Gauge.builder("cache.entries", near, cache -> cache.stats().entries())
                .description(ENTRIES)
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .register(registry);
        FunctionCounter.builder("cache.evictions", near, cache -> cache.stats().evictions())
                .description(EVICTIONS)
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .tag("cause", "size")
                .register(registry);
    }
}
