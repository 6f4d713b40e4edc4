package io.freshet.engine.near;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the near cache holds and lost, as metrics with {@code tier="l1"}. */
public final class NearMetrics implements MeterBinder {

    /** In place of a namespace, since all share the room. */
    private static final String ALL = "";

    private final NearCache near;

    public NearMetrics(NearCache near) {
        this.near = near;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("cache.size.bytes", near, cache -> cache.stats().bytes())
                .description("Estimated bytes held")
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .register(registry);
        Gauge.builder("cache.entries", near, cache -> cache.stats().entries())
                .description("Entries held")
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .register(registry);
        FunctionCounter.builder("cache.evictions", near, cache -> cache.stats().evictions())
                .description("Entries removed for their size or their age")
                .tag("tier", "l1")
                .tag("namespace", ALL)
                .tag("cause", "size")
                .register(registry);
    }
}
