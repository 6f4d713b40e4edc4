package io.freshet.engine.log;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The log as far as Kafka still has it, to be read again beside the tail. Each reading has a
 * connection of its own. Thread-safe; blocks; throws {@link org.apache.kafka.common.KafkaException}
 * when Kafka is away.
 */
public final class LogHistory {

    private static final Duration POLL = Duration.ofSeconds(2);

    private final KafkaOptions options;
    private final TopicSpec<LogRecord> topic;

    public LogHistory(KafkaOptions options) {
        this.options = options;
        this.topic = options.topics().log();
    }

    /** What stands between two places of this epoch. The caller closes it. */
    public LogStretch between(LogPositions from, LogPositions to) {
        return new LogStretch(new KafkaConsumer<>(options.tail()), topic, from, to);
    }

    /** The place behind everything that is in the log now. */
    public LogPositions end() {
        return asked(consumer -> positions(consumer.endOffsets(partitions())));
    }

    /** The place of the first record of each partition that was written then or later. */
    public LogPositions at(Instant time) {
        return asked(consumer -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
            var found =
                    consumer.offsetsForTimes(
                            partitions().stream()
                                    .collect(Collectors.toMap(p -> p, _ -> time.toEpochMilli())));
            return positions(
                    partitions().stream()
                            .collect(
                                    Collectors.toMap(
                                            p -> p,
                                            p ->
                                                    found.get(p) == null
                                                            ? requireNonNull(ends.get(p))
                                                            : found.get(p).offset())));
        });
    }

    /** The record that counts up to a place; empty when the log has it no more, or cannot tell. */
    public Optional<LogRecord> record(LogPosition place) {
        Stamp stamp = place.stamp();
        if (stamp.epoch() != options.epoch() || stamp.position() == 0) {
            return Optional.empty();
        }
        return asked(consumer -> {
            var partition = new TopicPartition(topic.name(), place.partition());
            long offset = stamp.position() - 1;
            Long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
            Long end = consumer.endOffsets(List.of(partition)).get(partition);
            if (begin == null || end == null || offset < begin || offset >= end) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            for (var record : consumer.poll(POLL)) {
                if (record.offset() == offset && record.value() != null) {
                    return Optional.of(requireNonNull(topic.codec().decode(record.value())));
                }
            }
            return Optional.empty();
        });
    }

    private <T> T asked(Function<Consumer<String, byte[]>, T> question) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(options.tail());
        try {
            return question.apply(consumer);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, topic.partitions())
                .mapToObj(p -> new TopicPartition(topic.name(), p))
                .toList();
    }

    private LogPositions positions(Map<TopicPartition, Long> offsets) {
        return new LogPositions(
                options.epoch(),
                partitions().stream().map(p -> requireNonNull(offsets.get(p))).toList());
    }
}
