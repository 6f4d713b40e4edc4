package io.freshet.engine.write;

import io.freshet.contracts.id.Namespace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/** What is shown of writes that sources are to take. Thread-safe. */
final class WriteMeters {

    private final MeterRegistry registry;

    WriteMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(PendingWrites pending, InstantSource clock) {
        Gauge.builder("freshet.writes.pending", pending, PendingWrites::unsettled)
                .description("Keys with a write that their source has not taken yet")
                .register(registry);
        Gauge.builder("freshet.writes.pending.size", pending, PendingWrites::bytes)
                .description("What such writes take of this node's memory")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "freshet.writes.lag",
                        pending,
                        of ->
                                of.oldest()
                                        .map(at -> Duration.between(at, clock.instant()).toMillis())
                                        .map(millis -> Math.max(0, millis) / 1e3)
                                        .orElse(0.0))
                .description("Age of the oldest write that its source has not taken yet")
                .baseUnit("seconds")
                .register(registry);
    }

    void applied(Namespace namespace) {
        count("freshet.writes.applied", "Writes that a source took", namespace);
    }

    void triedAgain(Namespace namespace) {
        count("freshet.writes.retries", "Writes that were tried again", namespace);
    }

    void gaveUp(Namespace namespace) {
        count("freshet.writes.dead.letters", "Writes that no source took", namespace);
    }

    private void count(String name, String description, Namespace namespace) {
        Counter.builder(name)
                .description(description)
                .tag("namespace", namespace.value())
                .register(registry)
                .increment();
    }
}
