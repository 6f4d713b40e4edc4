package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread by which a node knows of every write that no source has taken yet: reads all
 * partitions of the log of writes, from what the writers' group has done, and for ever. While Kafka
 * is away it tries again every second.
 */
public final class WriteTail implements AutoCloseable {

    /** Is told of every record, in the order of its partition, by one thread. */
    @FunctionalInterface
    public interface Listener {

        void on(PlacedWrite write);
    }

    private static final Logger log = LoggerFactory.getLogger(WriteTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaOptions options;
    private final TopicSpec<SourceWrite> topic;
    private final WriteReader reader;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private volatile @Nullable Consumer<String, byte[]> current;
    private volatile boolean caughtUp;

    public WriteTail(KafkaOptions options, Listener listener) {
        this.options = options;
        this.topic = options.topics().writes();
        this.reader = new WriteReader(topic);
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("freshet-writes").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether it has read what was the end when it started. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(options.tail())) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException _) {
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException | ExecutionException e) {
                log.atWarn()
                        .addKeyValue("problem", e.getMessage())
                        .log("The log of writes cannot be read; trying again");
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer)
            throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions =
                IntStream.range(0, topic.partitions())
                        .mapToObj(p -> new TopicPartition(topic.name(), p))
                        .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (next.isEmpty()) {
            next.putAll(done(partitions, begins));
        }
        next.forEach((partition, offset) ->
                consumer.seek(partition, Math.max(offset, begins.getOrDefault(partition, 0L))));
        while (closing.getCount() > 0) {
            partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
            caughtUp = caughtUp || isBehind(ends);
            consumer.poll(POLL)
                    .forEach(record -> {
                        PlacedWrite write = reader.read(record);
                        if (write != null) {
                            listener.on(write);
                        }
                    });
        }
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** What the writers' group has done: all before that is settled. */
    private Map<TopicPartition, Long> done(
            List<TopicPartition> partitions, Map<TopicPartition, Long> begins)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(options.admin())) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(options.writersGroup())
                            .partitionsToOffsetAndMetadata()
                            .get();
            var offsets = new HashMap<TopicPartition, Long>();
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata of = committed.get(partition);
                offsets.put(
                        partition, of == null ? begins.getOrDefault(partition, 0L) : of.offset());
            }
            return offsets;
        }
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
