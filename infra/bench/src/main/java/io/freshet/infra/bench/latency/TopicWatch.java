package io.freshet.infra.bench.latency;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.infra.bench.KeysOf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at what comes into a topic from now on. */
final class TopicWatch<T> implements AutoCloseable {

    private final TopicSpec<T> topic;
    private final Function<T, Event> event;
    private final Consumer<String> keys;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param keys told the key of each invalidation of a key
     */
    TopicWatch(
            String bootstrapServers,
            TopicSpec<T> topic,
            Function<T, Event> event,
            Consumer<String> keys) {
        this.topic = topic;
        this.event = event;
        this.keys = keys;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                10_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        thread = Thread.ofPlatform().name("watch-" + topic.name()).start(this::watch);
    }

    /** Blocks until everything that comes from now on will be seen. */
    void awaitBegun() throws InterruptedException {
        begun.await();
    }

    private void watch() {
        try (consumer) {
            List<TopicPartition> all =
                    consumer.partitionsFor(topic.name()).stream()
                            .map(info -> new TopicPartition(topic.name(), info.partition()))
                            .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            begun.countDown();
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    look(record.value());
                }
            }
        } catch (WakeupException _) {
            // Only close() does that.
        }
    }

    private void look(byte[] value) {
        try {
            KeysOf.event(event.apply(topic.codec().decode(value))).forEach(keys);
        } catch (MalformedRecordException _) {
            // Somebody else's; the router sets it aside.
        }
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
