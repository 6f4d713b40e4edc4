package io.freshet.stream.metrics;

import static java.util.Objects.requireNonNull;

import io.freshet.stream.kafka.InputLosses;
import io.freshet.stream.kafka.PartitionWatch;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/** What befalls the topics that are read. Thread-safe. */
final class InputMetrics implements InputLosses, PartitionWatch.Observer {

    private final Meters meters;
    private final Losses losses;
    private final LossReport partitions;
    private final Map<Input, LossReport> inputLosses = new EnumMap<>(Input.class);

    InputMetrics(Meters meters, Losses losses) {
        this.meters = meters;
        this.losses = losses;
        for (Input input : Input.values()) {
            inputLosses.put(input, inputLoss(input));
        }
        partitions =
                new LossReport(
                        "partitions",
                        Level.ERROR,
                        "a topic has another number of partitions than is configured: services that"
                                + " start will refuse to, until new topics are taken in a new epoch",
                        meters.counter(
                                "freshet.topics.repartitioned",
                                "Times that a topic was found with another number of partitions"),
                        losses);
    }

    private LossReport inputLoss(Input input) {
        String name = input.name().toLowerCase(Locale.ROOT);
        Counter found =
                meters.counter(
                        "freshet.stream.losses",
                        "Losses of input found, at most one of a kind in a second",
                        "input",
                        name);
        return switch (input) {
            case INBOX ->
                    new LossReport(
                            name,
                            Level.ERROR,
                            "invalidations were removed before they were routed: every namespace"
                                    + " is invalidated",
                            found,
                            losses);
            case LOG ->
                    new LossReport(
                            name,
                            Level.ERROR,
                            "log records were removed before they were expanded: older entries"
                                    + " in Redis are not trusted any more",
                            found,
                            losses);
            case ENTRIES ->
                    new LossReport(
                            name,
                            Level.WARN,
                            "registrations were removed before they were indexed: those entries"
                                    + " stay in Redis, unbelieved, until they expire",
                            found,
                            losses);
        };
    }

    @Override
    public void lost(Input input, int partition, long from, long to) {
        requireNonNull(inputLosses.get(input))
                .found(log ->
                        log.addKeyValue("partition", partition)
                                .addKeyValue("from", from)
                                .addKeyValue("to", to));
    }

    @Override
    public void partitionsChanged(String topic, int configured, int found) {
        partitions.found(log ->
                log.addKeyValue("topic", topic)
                        .addKeyValue("configured", configured)
                        .addKeyValue("found", found));
    }
}
