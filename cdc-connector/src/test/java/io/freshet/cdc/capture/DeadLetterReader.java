package io.freshet.cdc.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads everything that is set aside, from the beginning. */
final class DeadLetterReader implements AutoCloseable {

    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** A record of the dead-letter topic. */
    record Letter(String content, Map<String, String> headers) {}

    DeadLetterReader(String bootstrapServers, TopicSpec<byte[]> topic) {
        Thread.ofPlatform().daemon().start(() -> read(bootstrapServers, topic));
    }

    List<Letter> all() {
        return List.copyOf(letters);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void read(String bootstrapServers, TopicSpec<byte[]> topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", bootstrapServers,
                                "auto.offset.reset", "earliest",
                                "enable.auto.commit", "false"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic.name(), 0)));
            while (!closed) {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    var headers = new LinkedHashMap<String, String>();
                    record.headers()
                            .forEach(header ->
                                    headers.put(header.key(), new String(header.value(), UTF_8)));
                    letters.add(new Letter(record.value(), headers));
                }
            }
        }
    }
}
