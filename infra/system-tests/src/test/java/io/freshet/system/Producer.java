package io.freshet.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Somebody else's Kafka producer, and a look at the dead letters. */
final class Producer implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> deadLetters;

    Producer(LocalSystem system) {
        Map<String, Object> settings = Map.of("bootstrap.servers", system.kafka());
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        deadLetters =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        var partition = new TopicPartition("freshet.invalidations.dead-letter", 0);
        deadLetters.assign(List.of(partition));
        deadLetters.seekToEnd(List.of(partition));
        deadLetters.position(partition);
    }

    /** Produces to the public inbox and waits until Kafka has it. */
    void send(String key, String json) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>("freshet.invalidations", key, json)).get();
    }

    /** Likewise, for a trace. */
    void send(String key, String json, String traceparent)
            throws ExecutionException, InterruptedException {
        var record = new ProducerRecord<>("freshet.invalidations", key, json);
        record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        producer.send(record).get();
    }

    /** The dead letters since this was made, or since the last call. */
    List<DeadLetter> deadLetters() {
        List<DeadLetter> found = new ArrayList<>();
        for (var record : deadLetters.poll(Duration.ofMillis(200))) {
            found.add(
                    new DeadLetter(
                            record.value(),
                            StreamSupport.stream(record.headers().spliterator(), false)
                                    .map(header ->
                                            header.key() + "=" + new String(header.value(), UTF_8))
                                    .toList()));
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
        deadLetters.close();
    }

    /**
     * A record that could not be read.
     *
     * @param headers each {@code name=value}
     */
    record DeadLetter(String value, List<String> headers) {}
}
