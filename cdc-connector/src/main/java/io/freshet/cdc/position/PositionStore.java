package io.freshet.cdc.position;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The last position of a source, in a compacted topic of one partition. One thread at a time.
 *
 * <p>It is written several times a second and compaction lags, so the end of the topic is searched
 * first and the whole of it only when that has nothing.
 */
public final class PositionStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int NEAR_THE_END = 500;

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final byte[] key;
    private final Producer<byte[], byte[]> producer;

    public PositionStore(String bootstrapServers, TopicSpec<byte[]> topic, String source) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(topic.name(), 0);
        this.key = source.getBytes(UTF_8);
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "freshet-cdc-position",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                15_000,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                10_000,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                30_000),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Blocks until the position is acknowledged.
     *
     * @throws KafkaException when it is not
     */
    public void save(CapturePosition position) throws InterruptedException {
        try {
            producer.send(
                            new ProducerRecord<>(
                                    partition.topic(),
                                    partition.partition(),
                                    key,
                                    PositionJson.encode(position)))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka did not take the position", e.getCause());
        }
    }

    /**
     * Reads the last position; null when there is none.
     *
     * @throws KafkaException when Kafka does not answer
     */
    public @Nullable CapturePosition load() {
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "freshet-cdc-position",
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                10_000,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(partition);
            consumer.assign(all);
            long begin = consumer.beginningOffsets(all).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(all).getOrDefault(partition, 0L);
            long near = Math.max(begin, end - NEAR_THE_END);
            CapturePosition found = last(consumer, near, end);
            return found == null && near > begin ? last(consumer, begin, near) : found;
        }
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }

    private @Nullable CapturePosition last(
            Consumer<byte[], byte[]> consumer, long from, long until) {
        CapturePosition last = null;
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < until) {
            var records = consumer.poll(Duration.ofMillis(200));
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < until && Arrays.equals(record.key(), key)) {
                    last = PositionJson.decode(record.value());
                }
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Kafka does not give " + partition + " up to " + until);
            }
        }
        return last;
    }
}
