package io.freshet.api.warm;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * The thread that reads {@code freshet.warm-progress}, from its beginning, to a {@link JobBoard}.
 * While Kafka is away it tries again every second; a record that cannot be read is passed over.
 */
public final class ProgressTail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final TopicSpec<WarmProgress> topic;
    private final JobBoard board;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> current;

    public ProgressTail(String bootstrapServers, TopicSpec<WarmProgress> topic, JobBoard board) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.board = board;
        this.thread = Thread.ofPlatform().daemon().name("warm-progress").unstarted(this::run);
    }

    public void start() {
        thread.start();
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
                        .addKeyValue("problem", e.getMessage())
                        .log("The progress of warm jobs cannot be read; trying again");
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        var partition = new TopicPartition(topic.name(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
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
            board.update(topic.codec().decode(value));
        } catch (MalformedRecordException e) {
            log.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("problem", e.getMessage())
                    .log("A record of warm progress cannot be read");
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
                "freshet-warm-progress",
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
