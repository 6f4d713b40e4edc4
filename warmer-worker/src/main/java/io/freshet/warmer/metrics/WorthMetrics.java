package io.freshet.warmer.metrics;

import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.worth.Uplift;
import io.freshet.warmer.worth.Uplift.Group;
import io.freshet.warmer.worth.Uplift.Rates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What warming is worth, as metrics. Every worker hears all telemetry and tells the same. Gauges
 * are NaN while one of the groups is hardly read. Thread-safe.
 */
public final class WorthMetrics implements Uplift.Listener {

    private final MeterRegistry registry;
    private final MeterProvider<Counter> hits;
    private final MeterProvider<Counter> misses;
    private final Set<Namespace> shown = ConcurrentHashMap.newKeySet();
    private volatile Optional<Uplift> uplift = Optional.empty();

    public WorthMetrics(MeterRegistry registry) {
        this.registry = registry;
        hits =
                Counter.builder("freshet.warm.compared.hits")
                        .description("Hits of hot keys that are warmed, and that are held out")
                        .withRegistry(registry);
        misses =
                Counter.builder("freshet.warm.compared.misses")
                        .description("Misses of hot keys that are warmed, and that are held out")
                        .withRegistry(registry);
    }

    /** Shows the rates of this from now on. */
    public void show(Uplift of) {
        uplift = Optional.of(of);
    }

    @Override
    public void read(Namespace namespace, Group group, long hit, long missed) {
        if (shown.add(namespace)) {
            show(namespace);
        }
        String label = group.name().toLowerCase(Locale.ROOT).replace('_', '-');
        hits.withTags("namespace", namespace.value(), "group", label).increment((double) hit);
        misses.withTags("namespace", namespace.value(), "group", label).increment((double) missed);
    }

    private void show(Namespace namespace) {
        rate(namespace, "warmed", Rates::warmed);
        rate(namespace, "held-out", Rates::heldOut);
        Gauge.builder("freshet.warm.uplift", () -> of(namespace, Rates::uplift))
                .description("Hit rate of warmed hot keys less that of held-out ones")
                .tag("namespace", namespace.value())
                .register(registry);
    }

    private void rate(Namespace namespace, String group, ToDoubleFunction<Rates> rate) {
        Gauge.builder("freshet.warm.hit.rate", () -> of(namespace, rate))
                .description("Share of the reads of hot keys that were hits, of the last minutes")
                .tag("namespace", namespace.value())
                .tag("group", group)
                .register(registry);
    }

    private double of(Namespace namespace, ToDoubleFunction<Rates> rate) {
        return uplift.flatMap(known -> known.of(namespace))
                .map(rates -> rate.applyAsDouble(rates))
                .orElse(Double.NaN);
    }
}
