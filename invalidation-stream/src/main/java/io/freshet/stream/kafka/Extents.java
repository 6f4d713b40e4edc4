package io.freshet.stream.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.position.Stamp;
import io.freshet.stream.applier.Extent;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka what partitions hold. For the thread of the consumer, which waits. */
final class Extents {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final String log;
    private final int epoch;

    Extents(Consumer<?, ?> consumer, EvictionConsumer.Settings settings) {
        this.consumer = consumer;
        this.log = settings.log();
        this.epoch = settings.epoch();
    }

    Extent of(TopicPartition name) {
        OffsetAndMetadata committed = consumer.committed(Set.of(name), CALL_TIMEOUT).get(name);
        return new Extent(
                first(name),
                end(name),
                committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset()),
                logEnd(name));
    }

    /** First offset that is kept. */
    long first(TopicPartition name) {
        return requireNonNull(consumer.beginningOffsets(Set.of(name), CALL_TIMEOUT).get(name));
    }

    /** End of the log partition that the partition speaks of. */
    Stamp logEnd(TopicPartition name) {
        return Stamp.of(epoch, end(new TopicPartition(log, name.partition())));
    }

    private long end(TopicPartition name) {
        return requireNonNull(consumer.endOffsets(Set.of(name), CALL_TIMEOUT).get(name));
    }
}
