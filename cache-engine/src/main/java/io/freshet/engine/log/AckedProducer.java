package io.freshet.engine.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;

/**
 * A producer to one topic whose sends never block and are either acknowledged by every in-sync
 * replica or failed within a bounded time. Thread-safe.
 *
 * <p>A virtual thread waits for the topic's description once; sends before that wait for it, within
 * their own time. Stages complete on virtual threads, so that no dependent holds up the producer's
 * own thread.
 */
final class AckedProducer implements AutoCloseable {

    private static final Duration DESCRIPTION_PAUSE = Duration.ofMillis(50);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final Duration deliveryTimeout;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Void> described = new CompletableFuture<>();

    AckedProducer(KafkaOptions options, String clientId, String topic, Duration deliveryTimeout) {
        this.topic = topic;
        this.deliveryTimeout = deliveryTimeout;
        var properties = options.ackedProducer(deliveryTimeout);
        properties.put("client.id", clientId);
        producer = new KafkaProducer<>(properties);
        callers.execute(this::describe);
    }

    /** Sends one record to an explicit partition. */
    CompletionStage<RecordMetadata> send(int partition, String key, byte[] value) {
        return send(partition, key, value, List.of());
    }

    /** Likewise, with headers. */
    CompletionStage<RecordMetadata> send(
            int partition, String key, byte[] value, Iterable<Header> headers) {
        var record = new ProducerRecord<>(topic, partition, key, value, headers);
        if (described.isDone()) {
            return sendNow(record);
        }
        return described
                .copy()
                .orTimeout(deliveryTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> sendNow(record));
    }

    private CompletionStage<RecordMetadata> sendNow(ProducerRecord<String, byte[]> record) {
        var acknowledged = new CompletableFuture<RecordMetadata>();
        try {
            var _ =
                    producer.send(
                            record,
                            (metadata, failure) ->
                                    callers.execute(() -> {
                                        if (failure == null) {
                                            acknowledged.complete(metadata);
                                        } else {
                                            acknowledged.completeExceptionally(failure);
                                        }
                                    }));
        } catch (KafkaException | IllegalStateException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    private void describe() {
        while (!described.isDone()) {
            try {
                producer.partitionsFor(topic);
                described.complete(null);
            } catch (KafkaException | IllegalStateException _) {
                try {
                    Thread.sleep(DESCRIPTION_PAUSE);
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }

    /** Waits a moment for what is on its way. */
    @Override
    public void close() {
        described.completeExceptionally(new IllegalStateException("closed"));
        producer.close(Duration.ofSeconds(2));
        callers.shutdown();
    }
}
