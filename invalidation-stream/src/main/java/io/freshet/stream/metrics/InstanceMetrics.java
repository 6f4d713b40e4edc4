package io.freshet.stream.metrics;

import io.freshet.stream.kafka.RunningStreams;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What befalls one Kafka Streams instance. Thread-safe. */
final class InstanceMetrics implements RunningStreams.Observer {

    private final Counter failures;
    private final Counter rows;
    private final Timer restores;

    InstanceMetrics(Meters meters, String stream) {
        failures =
                meters.counter(
                        "freshet.stream.thread.failures",
                        "Stream threads that failed and were replaced",
                        "stream",
                        stream);
        rows =
                meters.counter(
                        "freshet.restore.rows",
                        "Rows of stores that were read back from Kafka",
                        "stream",
                        stream);
        restores =
                Timer.builder("freshet.restore")
                        .description("How long it took to read a store back from Kafka")
                        .tag("stream", stream)
                        .register(meters.registry());
    }

    @Override
    public void threadFailed() {
        failures.increment();
    }

    @Override
    public void restored(long count, Duration took) {
        rows.increment((double) count);
        restores.record(took);
    }
}
