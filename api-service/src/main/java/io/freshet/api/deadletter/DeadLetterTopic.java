package io.freshet.api.deadletter;

import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters, which has one partition. Each reading has a connection of its own.
 * Thread-safe; blocks; throws {@link org.apache.kafka.common.KafkaException} when Kafka is away.
 */
public final class DeadLetterTopic {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_LOOKED_AT = 20_000;

    /**
     * Some of them, the oldest first.
     *
     * @param next offset at which to go on; null at the end
     */
    record Page(List<DeadLetter> letters, @Nullable Long next) {

        Page {
            letters = List.copyOf(letters);
        }
    }

    private final String bootstrapServers;
    private final TopicPartition partition;

    public DeadLetterTopic(String bootstrapServers, TopicSpec<byte[]> topic) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(topic.name(), 0);
    }

    /**
     * A page.
     *
     * @param reason of which; null for all
     */
    Page page(long from, @Nullable String reason, int limit) {
        Consumer<byte[], byte[]> consumer = open();
        try {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long at = Math.max(from, begin);
            var found = new ArrayList<DeadLetter>();
            long last = Math.min(end, at + MOST_LOOKED_AT);
            consumer.seek(partition, Math.min(at, end));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (at < last && System.nanoTime() < until) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (found.size() == limit || record.offset() >= last) {
                        return new Page(found, record.offset());
                    }
                    DeadLetter letter = letter(record);
                    if (reason == null || reason.equals(letter.reason())) {
                        found.add(letter);
                    }
                    at = record.offset() + 1;
                }
                at = Math.max(at, consumer.position(partition));
            }
            return new Page(found, at < end ? at : null);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** The one at an offset; empty when the topic has it no more, or not yet. */
    Optional<DeadLetter> find(long offset) {
        return page(offset, null, 1).letters().stream()
                .filter(letter -> letter.place().offset() == offset)
                .findFirst();
    }

    private Consumer<byte[], byte[]> open() {
        var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                10_000,
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                5_000,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        return consumer;
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        String topic = header(record, "source-topic");
        String cut = header(record, "cut-from");
        byte[] value = record.value();
        return new DeadLetter(
                new InboxPosition(record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                orEmpty(header(record, "reason")),
                orEmpty(header(record, "message")),
                topic == null
                        ? null
                        : topic
                                + "/"
                                + orEmpty(header(record, "source-partition"))
                                + ":"
                                + orEmpty(header(record, "source-offset")),
                cut == null ? null : Long.valueOf(cut),
                value == null ? new byte[0] : value);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
