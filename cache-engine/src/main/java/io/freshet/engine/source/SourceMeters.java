package io.freshet.engine.source;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.resilience.Guard;
import io.freshet.engine.resilience.RefusedException.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What the guards of sources do, by namespace. Thread-safe. */
final class SourceMeters {

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final Map<Namespace, List<Meter>> bound = new ConcurrentHashMap<>();

    /** Shows what is and will be bound. */
    void showIn(MeterRegistry other) {
        registry.add(other);
    }

    /** Shows a guard, in place of the one before it. */
    void bind(Namespace namespace, Guard guard) {
        remove(namespace);
        var meters = new ArrayList<Meter>();
        meters.add(
                gauge(
                        namespace,
                        guard,
                        "freshet.source.circuit",
                        "Whether the source is asked: 0 closed, 1 half-open, 2 open",
                        of -> of.state().level()));
        meters.add(
                gauge(
                        namespace,
                        guard,
                        "freshet.source.underway",
                        "Calls of the source under way",
                        Guard::underWay));
        meters.add(
                gauge(
                        namespace,
                        guard,
                        "freshet.source.waiting",
                        "Calls of the source that wait for a turn",
                        Guard::waiting));
        for (Reason reason : Reason.values()) {
            meters.add(
                    FunctionCounter.builder(
                                    "freshet.source.refused", guard, of -> of.refused(reason))
                            .description("Calls of the source that were not made")
                            .tag("namespace", namespace.value())
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        bound.put(namespace, meters);
    }

    void remove(Namespace namespace) {
        List<Meter> meters = bound.remove(namespace);
        if (meters != null) {
            meters.forEach(registry::remove);
        }
    }

    private Meter gauge(
            Namespace namespace,
            Guard guard,
            String name,
            String description,
            ToDoubleFunction<Guard> value) {
        return Gauge.builder(name, guard, value)
                .description(description)
                .tag("namespace", namespace.value())
                .register(registry);
    }
}
