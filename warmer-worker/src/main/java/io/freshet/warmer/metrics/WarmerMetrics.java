package io.freshet.warmer.metrics;

import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.id.Namespace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Every metric of the warmer, each declared here and nowhere else. Thread-safe.
 *
 * <p>A counter stands at zero from when the thing that it counts may happen, so that a rate over it
 * answers.
 *
 * <p>The tag {@code namespace} only ever holds configured namespaces, so it is bounded by them.
 */
public final class WarmerMetrics {

    private final MeterProvider<Counter> loaded;
    private final MeterProvider<Counter> failed;
    private final MeterProvider<Counter> jobs;
    private final MeterProvider<Counter> malformed;
    private final MeterProvider<Counter> reloads;
    private final MeterRegistry registry;
    private final Counter sourceQueries;
    private final Counter telemetryRecords;
    private final AtomicInteger running = new AtomicInteger();

    public WarmerMetrics(MeterRegistry registry) {
        this.registry = registry;
        reloads =
                Counter.builder("freshet.warm.reloads")
                        .description("Hot keys that were to be loaded again once invalidated")
                        .withRegistry(registry);
        loaded =
                Counter.builder("freshet.warm.loaded")
                        .description("Entries that a warm job loaded and cached")
                        .withRegistry(registry);
        failed =
                Counter.builder("freshet.warm.failed")
                        .description("Entries that a warm job could not load or not cache")
                        .withRegistry(registry);
        jobs =
                Counter.builder("freshet.warm.jobs")
                        .description("Warm jobs, and parts of divided ones, by how they ended")
                        .withRegistry(registry);
        malformed =
                Counter.builder("freshet.warmer.malformed.records")
                        .description("Records that could not be read, and were passed over")
                        .withRegistry(registry);
        sourceQueries =
                Counter.builder("freshet.warm.source.queries")
                        .description("Queries that the budget was charged with")
                        .register(registry);
        telemetryRecords =
                Counter.builder("freshet.telemetry.records")
                        .description("Traffic records taken into the popularity")
                        .register(registry);
        for (State state : State.values()) {
            jobs.withTag("state", label(state));
        }
        Gauge.builder("freshet.warm.jobs.running", running, AtomicInteger::get)
                .description("Warm jobs that this worker is carrying out")
                .register(registry);
    }

    /** Shows how many loads may be under way, and what of the budget is this worker's. */
    public void watch(IntSupplier concurrency, IntSupplier partitions) {
        Gauge.builder("freshet.warm.concurrency", concurrency::getAsInt)
                .description("Loads that the source is thought to bear at one time")
                .register(registry);
        Gauge.builder("freshet.warm.partitions", partitions::getAsInt)
                .description("Partitions of the jobs, and so of the budget, that the worker has")
                .register(registry);
    }

    /** A hot key was invalidated, and is about to be loaded again. */
    public void reloading(Namespace namespace) {
        reloads.withTag("namespace", namespace.value()).increment();
    }

    /** Entries of the namespace are about to be loaded. */
    public void loading(Namespace namespace) {
        loaded.withTag("namespace", namespace.value());
        failed.withTag("namespace", namespace.value());
    }

    public void loaded(Namespace namespace) {
        loaded.withTag("namespace", namespace.value()).increment();
    }

    public void failed(Namespace namespace) {
        failed.withTag("namespace", namespace.value()).increment();
    }

    public void sourceQuery() {
        sourceQueries.increment();
    }

    public void telemetryRecord() {
        telemetryRecords.increment();
    }

    /** Records of the topic are about to be read. */
    public void reading(String topic) {
        malformed.withTag("topic", topic);
    }

    /** Counts a record of a topic that was not what the topic promises. */
    public void malformed(String topic) {
        malformed.withTag("topic", topic).increment();
    }

    public void jobStarted() {
        running.incrementAndGet();
    }

    /** The job is not being carried out here any more, whether or not it is done. */
    public void jobStopped() {
        running.decrementAndGet();
    }

    public void jobEnded(State state) {
        jobs.withTag("state", label(state)).increment();
    }

    private static String label(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
