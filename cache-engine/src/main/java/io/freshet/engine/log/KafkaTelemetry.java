package io.freshet.engine.log;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Telemetry into Kafka, by namespace: sent and forgotten. What Kafka does not take is dropped and
 * counted. Thread-safe; never blocks.
 */
public final class KafkaTelemetry implements Consumer<Traffic>, AutoCloseable {

    private final TopicSpec<Traffic> topic;
    private final Producer<String, byte[]> producer;
    private final LongAdder dropped = new LongAdder();

    public KafkaTelemetry(KafkaOptions options) {
        topic = options.topics().telemetry();
        var properties = options.lossyProducer();
        properties.put("client.id", "freshet-telemetry");
        producer = new KafkaProducer<>(properties);
    }

    @Override
    public void accept(Traffic traffic) {
        var record =
                new ProducerRecord<>(
                        topic.name(), traffic.namespace().value(), topic.codec().encode(traffic));
        try {
            var _ =
                    producer.send(
                            record,
                            (_, failure) -> {
                                if (failure != null) {
                                    dropped.increment();
                                }
                            });
        } catch (KafkaException | IllegalStateException _) {
            dropped.increment();
        }
    }

    /** How many records were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
