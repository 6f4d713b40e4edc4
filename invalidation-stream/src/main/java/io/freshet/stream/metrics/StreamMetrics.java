package io.freshet.stream.metrics;

import io.freshet.stream.applier.ApplierObserver;
import io.freshet.stream.kafka.ExpanderObserver;
import io.freshet.stream.kafka.InputLosses;
import io.freshet.stream.kafka.PartitionWatch;
import io.freshet.stream.kafka.RouterTopology.DeadLetterCount;
import io.freshet.stream.kafka.RunningStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/**
 * Every metric of this service, and the log events that go with the counted ones. Names are
 * Micrometer's; Prometheus shows {@code freshet.dead.letters} as {@code
 * freshet_dead_letters_total}. Thread-safe. Tags have few values: no namespaces, no keys.
 */
public final class StreamMetrics {

    private final Meters meters;
    private final Losses losses = new Losses();
    private final RouterMetrics router;
    private final ExpanderMetrics expander;
    private final ApplierMetrics applier;
    private final InputMetrics input;

    public StreamMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
        router = new RouterMetrics(meters);
        expander = new ExpanderMetrics(meters);
        applier = new ApplierMetrics(meters, losses);
        input = new InputMetrics(meters, losses);
    }

    public DeadLetterCount deadLetters() {
        return router;
    }

    public ExpanderObserver expander() {
        return expander;
    }

    public ApplierObserver applier() {
        return applier;
    }

    /** Input that was removed before it was read. */
    public InputLosses inputLosses() {
        return input;
    }

    public PartitionWatch.Observer partitions() {
        return input;
    }

    /** Of a Kafka Streams instance, by its name. */
    public RunningStreams.Observer instance(String stream) {
        return new InstanceMetrics(meters, stream);
    }

    /** What was found lost, for health. */
    public Losses losses() {
        return losses;
    }

    /** Shows the records that the applier has not applied yet. */
    public <T> void showLag(T applying, ToLongFunction<T> lag) {
        Gauge.builder("freshet.applier.lag.records", applying, lag::applyAsLong)
                .description("Records of the evictions topic that are not applied yet")
                .register(meters.registry());
    }
}
