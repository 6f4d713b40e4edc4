package io.freshet.warmer.kafka;

import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.popularity.PopularityStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Keeps the popularity on the compacted topic {@code freshet.popularity}. */
public final class PopularityTopic implements PopularityStore, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TopicSpec<PopularityRecord> topic;
    private final Producer<String, byte[]> producer;

    public PopularityTopic(WarmerClients clients, TopicSpec<PopularityRecord> topic) {
        this.topic = topic;
        this.producer = clients.producer("popularity");
    }

    @Override
    public void save(int partition, List<? extends PopularityRecord> records)
            throws InterruptedException {
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (PopularityRecord record : records) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        topic.name(),
                                        partition,
                                        record.recordKey(),
                                        topic.codec().encode(record))));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException("Kafka did not take the popularity", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
