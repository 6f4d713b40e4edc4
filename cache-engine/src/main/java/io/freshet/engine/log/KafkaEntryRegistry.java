package io.freshet.engine.log;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The register of entries in Kafka: entries of a key go to the partition with the number of the
 * key's log partition. Gives up after 2 seconds, so that no fill hangs on a slow Kafka.
 */
public final class KafkaEntryRegistry implements EntryRegistry, AutoCloseable {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(2);

    private final Partitioning partitioning;
    private final TopicSpec<Registration> topic;
    private final AckedProducer producer;

    public KafkaEntryRegistry(KafkaOptions options) {
        partitioning = options.partitioning();
        topic = options.topics().entries();
        producer = new AckedProducer(options, "freshet-entries", topic.name(), DELIVERY_TIMEOUT);
    }

    @Override
    public CompletionStage<Void> register(Registration registration) {
        var namespace = registration.namespace();
        var key = registration.key();
        return producer.send(
                        partitioning.partitionOf(namespace, key),
                        namespace + "/" + key,
                        topic.codec().encode(registration))
                .thenAccept(_ -> {});
    }

    @Override
    public void close() {
        producer.close();
    }
}
