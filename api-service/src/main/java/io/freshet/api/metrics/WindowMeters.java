package io.freshet.api.metrics;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WindowState;
import io.freshet.engine.namespace.NamespaceChange;
import io.freshet.engine.namespace.NamespaceConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Two gauges for each namespace that there is: how old what the node knows is, and how old it may
 * be. Thread-safe.
 */
public final class WindowMeters {

    private final MeterRegistry registry;
    private final Function<Namespace, WindowState> states;
    private final Map<Namespace, List<Meter.Id>> bound = new ConcurrentHashMap<>();

    /**
     * @param states asked at each reading, of namespaces that there are
     */
    public WindowMeters(MeterRegistry registry, Function<Namespace, WindowState> states) {
        this.registry = registry;
        this.states = states;
    }

    /** Follows the catalog. */
    public void on(NamespaceChange change) {
        switch (change) {
            case NamespaceChange.Added(var config) -> bind(config);
            case NamespaceChange.Changed(_, var config) -> bind(config);
            case NamespaceChange.Removed(var config) -> {
                List<Meter.Id> meters = bound.remove(config.name());
                if (meters != null) {
                    meters.forEach(registry::remove);
                }
            }
        }
    }

    /** Shows a namespace; again: does nothing. */
    public void bind(NamespaceConfig config) {
        bound.computeIfAbsent(
                config.name(),
                namespace ->
                        List.of(
                                gauge(
                                        namespace,
                                        "freshet.window.age",
                                        "Age of what the node knows, for this namespace",
                                        state ->
                                                state.age()
                                                        .map(WindowMeters::seconds)
                                                        .orElse(Double.NaN)),
                                gauge(
                                        namespace,
                                        "freshet.window.limit",
                                        "Age past which the node stops trusting its cache",
                                        state -> seconds(state.window()))));
    }

    private Meter.Id gauge(
            Namespace namespace,
            String name,
            String description,
            Function<WindowState, Double> value) {
        return Gauge.builder(name, () -> value.apply(states.apply(namespace)))
                .description(description)
                .baseUnit("seconds")
                .tag("namespace", namespace.value())
                .register(registry)
                .getId();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
