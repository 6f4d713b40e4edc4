package io.freshet.api.topic;

import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records that callers ask for now and then, one after the other, on threads that wait
 * for Kafka instead of theirs. Thread-safe.
 */
public final class TopicSender implements AutoCloseable {

    private static final Duration BLOCK = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public TopicSender(String bootstrapServers, String clientId) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                clientId,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                (int) BLOCK.toMillis(),
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                (int) BLOCK.toMillis(),
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                (int) DELIVERY.toMillis()),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** Does what sends, and may wait, on a thread of its own. */
    public <R> CompletionStage<R> inBackground(Supplier<R> sending) {
        return CompletableFuture.supplyAsync(sending, threads);
    }

    /**
     * Sends a record to the partition of its key, and waits until it is acknowledged.
     *
     * @throws CompletionException when it is not
     */
    public <T> void send(TopicSpec<T> topic, String key, T value) {
        await(List.of(producer.send(record(topic, null, key, topic.codec().encode(value)))));
    }

    /**
     * Sends a record to every partition, and waits until all are acknowledged.
     *
     * @throws CompletionException when one is not
     */
    public <T> void sendToAll(TopicSpec<T> topic, String key, T value) {
        byte[] bytes = topic.codec().encode(value);
        await(
                IntStream.range(0, topic.partitions())
                        .mapToObj(p -> producer.send(record(topic, p, key, bytes)))
                        .toList());
    }

    private static ProducerRecord<String, byte[]> record(
            TopicSpec<?> topic, @Nullable Integer partition, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), partition, key, value);
    }

    private static void await(List<? extends Future<?>> sent) {
        try {
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        threads.shutdownNow();
    }
}
