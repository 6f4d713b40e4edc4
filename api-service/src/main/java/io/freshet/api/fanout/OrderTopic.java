package io.freshet.api.fanout;

import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The way of orders to invalidation-stream, {@code freshet.fan-out-orders}: each to every
 * partition. Thread-safe; nothing blocks its caller.
 */
public final class OrderTopic implements FanOutOrders, AutoCloseable {

    private static final Duration BLOCK = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final TopicSpec<FanOutOrder> topic;
    private final Producer<String, byte[]> producer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public OrderTopic(String bootstrapServers, TopicSpec<FanOutOrder> topic) {
        this.topic = topic;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "freshet-fan-out-orders",
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

    @Override
    public CompletionStage<FanOutOrder> submit(FanOutOrder order) {
        return CompletableFuture.supplyAsync(() -> send(order), threads);
    }

    private FanOutOrder send(FanOutOrder order) {
        String key = order.id().toString();
        byte[] value = topic.codec().encode(order);
        List<Future<?>> sent = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, key, value)));
        }
        try {
            for (Future<?> each : sent) {
                each.get();
            }
            return order;
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
