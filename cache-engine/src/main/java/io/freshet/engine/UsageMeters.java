package io.freshet.engine;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.EvictionCounts;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.near.NearMetrics;
import io.freshet.engine.redis.Upkeep;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/**
 * The meters of what a namespace holds in Redis. They come from its accounts there, so every node
 * says the same: take the largest of them, not their sum.
 */
record UsageMeters(MeterRegistry registry, Namespace namespace, Upkeep upkeep) {

    void bind() {
        gauge("cache.entries", Usage::entries).description(NearMetrics.ENTRIES).register(registry);
        gauge("cache.size.bytes", Usage::bytes).description(NearMetrics.SIZE).register(registry);
        evictions("expired", EvictionCounts::expired);
        evictions("size", EvictionCounts::size);
        evictions("policy", EvictionCounts::policy);
        evictions("invalidated", EvictionCounts::invalidated);
        evictions("replaced", EvictionCounts::replaced);
    }

    private Gauge.Builder<Upkeep> gauge(String name, ToLongFunction<Usage> value) {
        return Gauge.builder(name, upkeep, now -> value.applyAsLong(now.usage(namespace)))
                .tag("tier", "l2")
                .tag("namespace", namespace.value());
    }

    private void evictions(String cause, ToLongFunction<EvictionCounts> count) {
        FunctionCounter.builder(
                        "cache.evictions",
                        upkeep,
                        now -> count.applyAsLong(now.usage(namespace).evicted()))
                .description(NearMetrics.EVICTIONS)
                .tag("tier", "l2")
                .tag("namespace", namespace.value())
                .tag("cause", cause)
                .register(registry);
    }
}
