package io.freshet.api.it;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Carries events from the inbox into the log, as the router of invalidation-stream does: those of a
 * key to its partition, all others to every one. Beats for the database as cdc-connector does.
 */
final class LogFeeder implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(200);
    private static final Lsn COMMITTED = new Lsn(1);

    private final Topics topics;
    private final Partitioning partitioning;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("log-feeder").unstarted(this::run);

    LogFeeder(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.partitioning = topics.partitioning();
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** Starts; the topics exist. */
    void start() {
        List<TopicPartition> inbox =
                IntStream.range(0, partitioning.logPartitions())
                        .mapToObj(p -> new TopicPartition(topics.invalidations().name(), p))
                        .toList();
        consumer.assign(inbox);
        consumer.seekToBeginning(inbox);
        thread.start();
    }

    private void beat() {
        var heartbeat = new Event.Heartbeat("primary", COMMITTED, Instant.now());
        byte[] value = topics.invalidations().codec().encode(heartbeat);
        for (int p = 0; p < partitioning.logPartitions(); p++) {
            send(topics.invalidations().name(), p, heartbeat.source(), value);
        }
    }

    private void run() {
        try {
            Instant next = Instant.now();
            while (true) {
                consumer.poll(BEAT.dividedBy(4)).forEach(this::carry);
                if (Instant.now().isAfter(next)) {
                    beat();
                    next = Instant.now().plus(BEAT);
                }
            }
        } catch (WakeupException _) {
            consumer.close();
            producer.close();
        }
    }

    private void carry(ConsumerRecord<String, byte[]> record) {
        Event event = topics.invalidations().codec().decode(record.value());
        var via = new InboxPosition(record.partition(), record.offset());
        byte[] value = topics.log().codec().encode(new LogRecord(event, via));
        partitionsOf(event).forEach(p -> send(topics.log().name(), p, record.key(), value));
    }

    private void send(String topic, int partition, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, partition, key, value));
    }

    private IntStream partitionsOf(Event event) {
        return switch (event) {
            case Event.Invalidation(_, Target.OfKey(var namespace, var key), _, _, _, _, _, _) ->
                    IntStream.of(partitioning.partitionOf(namespace, key));
            case Event.Replaced(var namespace, var keys, _, _) ->
                    keys.stream()
                            .mapToInt(key -> partitioning.partitionOf(namespace, key))
                            .distinct();
            case Event.Invalidation _, Event.Heartbeat _ ->
                    IntStream.range(0, partitioning.logPartitions());
        };
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
