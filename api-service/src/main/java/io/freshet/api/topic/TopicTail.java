package io.freshet.api.topic;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads every partition of a topic, from its beginning, and goes on. While Kafka is
 * away it tries again every second; a record that cannot be read is passed over.
 */
public final class TopicTail<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final TopicSpec<T> topic;
    private final Taker<T> taker;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> current;

    /** Is handed records, on the thread of the tail. */
    @FunctionalInterface
    public interface Taker<T> {

        void take(int partition, T value);
    }

    private TopicTail(String bootstrapServers, TopicSpec<T> topic, Taker<T> taker) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.taker = taker;
        this.thread = Thread.ofPlatform().daemon().name(topic.name()).unstarted(this::run);
    }

    /** Starts; the topic exists. */
    public static <T> TopicTail<T> start(
            String bootstrapServers, TopicSpec<T> topic, Taker<T> taker) {
        var tail = new TopicTail<>(bootstrapServers, topic, taker);
        tail.thread.start();
        return tail;
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(settings())) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException _) {
                return;
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("topic", topic.name())
                        .addKeyValue("problem", e.getMessage())
                        .log("A topic cannot be read; trying again");
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions =
                IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        while (closing.getCount() > 0) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            taker.take(record.partition(), topic.codec().decode(value));
        } catch (MalformedRecordException e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("problem", e.getMessage())
                    .log("A record cannot be read");
        }
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                topic.name(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
