package io.freshet.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The log of writes in Kafka: what is said of a key goes to the partition with the number of the
 * key's log partition. Gives up after 10 seconds.
 */
public final class KafkaWriteLog implements WriteLog, AutoCloseable {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private final Partitioning partitioning;
    private final TopicSpec<SourceWrite> topic;
    private final AckedProducer producer;
    private final AckedProducer deadLetters;

    public KafkaWriteLog(KafkaOptions options) {
        partitioning = options.partitioning();
        topic = options.topics().writes();
        producer = new AckedProducer(options, "freshet-writes", topic.name(), DELIVERY_TIMEOUT);
        deadLetters =
                new AckedProducer(
                        options,
                        "freshet-dead-writes",
                        options.topics().deadWrites().name(),
                        DELIVERY_TIMEOUT);
    }

    @Override
    public CompletionStage<PlacedWrite> append(SourceWrite write) {
        return producer.send(
                        partitioning.partitionOf(write.namespace(), write.key()),
                        nameOf(write),
                        topic.codec().encode(write))
                .thenApply(placed -> new PlacedWrite(placed.partition(), placed.offset(), write));
    }

    @Override
    public CompletionStage<Void> giveUp(PlacedWrite placed, String reason) {
        return deadLetters
                .send(
                        0,
                        nameOf(placed.write()),
                        topic.codec().encode(placed.write()),
                        List.of(
                                header("freshet-reason", reason),
                                header("freshet-partition", Integer.toString(placed.partition())),
                                header("freshet-offset", Long.toString(placed.offset()))))
                .thenAccept(_ -> {});
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static String nameOf(SourceWrite write) {
        return write.namespace() + "/" + write.key();
    }

    @Override
    public void close() {
        producer.close();
        deadLetters.close();
    }
}
