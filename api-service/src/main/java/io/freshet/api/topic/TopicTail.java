package io.freshet.api.topic;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.engine.log.ConsumerLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads every partition of a topic, from its beginning, and goes on; and from its
 * beginning again when it could not. A record that cannot be read is passed over.
 */
public final class TopicTail<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final ConsumerLoop loop;

    /** Is handed records, on the thread of the tail. */
    @FunctionalInterface
    public interface Taker<T> {

        void take(int partition, T value);
    }

    private TopicTail(String bootstrapServers, TopicSpec<T> topic, Taker<T> taker) {
        loop =
                new ConsumerLoop(
                        topic.name(),
                        () -> new KafkaConsumer<>(settings(bootstrapServers, topic.name())),
                        new Tailing<>(topic, taker));
    }

    /** Starts; the topic exists. */
    public static <T> TopicTail<T> start(
            String bootstrapServers, TopicSpec<T> topic, Taker<T> taker) {
        var tail = new TopicTail<>(bootstrapServers, topic, taker);
        tail.loop.start();
        return tail;
    }

    @Override
    public void close() {
        loop.close();
    }

    private record Tailing<T>(TopicSpec<T> topic, Taker<T> taker) implements ConsumerLoop.Polling {

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            List<TopicPartition> partitions =
                    IntStream.range(0, topic.partitions())
                            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            consumer.poll(POLL).forEach(this::take);
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
    }

    private static Map<String, Object> settings(String bootstrapServers, String clientId) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                clientId,
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
}
