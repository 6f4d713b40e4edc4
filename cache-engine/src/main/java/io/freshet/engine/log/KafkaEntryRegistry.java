package io.freshet.engine.log;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The register of entries in Kafka: entries of a key go to the partition with the number of the
 * key's log partition, and entries that are registered at one time share a record. Gives up after 2
 * seconds, so that no fill hangs on a slow Kafka.
 */
public final class KafkaEntryRegistry implements EntryRegistry, AutoCloseable {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int FIXED_CHARACTERS = 128;

    private final Partitioning partitioning;
    private final TopicSpec<Registrations> topic;
    private final AckedProducer producer;
    private final GroupCommit<Registration> sends;

    public KafkaEntryRegistry(KafkaOptions options) {
        partitioning = options.partitioning();
        topic = options.topics().entries();
        producer = new AckedProducer(options, "freshet-entries", topic.name(), DELIVERY_TIMEOUT);
        sends =
                new GroupCommit<>(
                        topic.partitions(),
                        this::send,
                        KafkaEntryRegistry::charactersOf,
                        MAX_CHARACTERS,
                        DELIVERY_TIMEOUT);
    }

    @Override
    public CompletionStage<Void> register(Registration registration) {
        return sends.add(
                partitioning.partitionOf(registration.namespace(), registration.key()),
                registration);
    }

    private CompletionStage<?> send(int partition, List<Registration> entries) {
        Registration first = entries.getFirst();
        return producer.send(
                partition,
                first.namespace() + "/" + first.key(),
                topic.codec().encode(new Registrations(entries)));
    }

    private static int charactersOf(Registration entry) {
        int tags = 0;
        for (Tag tag : entry.tags()) {
            tags += tag.value().length();
        }
        return FIXED_CHARACTERS + entry.key().value().length() + tags;
    }

    @Override
    public void close() {
        producer.close();
    }
}
