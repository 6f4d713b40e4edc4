package io.freshet.warmer.kafka;

import io.freshet.contracts.topic.TopicSpec;
import io.freshet.engine.log.ConsumerLoop;
import io.freshet.engine.log.Pace;
import io.freshet.warmer.metrics.WarmerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads every partition of a topic and goes on as it grows.
 *
 * <p>It belongs to no consumer group: every worker hears all. What retention has removed it passes
 * over.
 */
public final class TopicTail<T> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PACE = Duration.ofMillis(20);

    /** Takes what a record says; called by the tail's thread only. */
    @FunctionalInterface
    public interface Taker<T> {

        void take(int partition, long offset, T value);
    }

    /** Where reading begins. */
    public sealed interface Start {

        /** At the oldest that Kafka still has. */
        record Oldest() implements Start {}

        /** Behind the newest. */
        record Newest() implements Start {}

        /** At these offsets, by partition; at the oldest where there is none. */
        record At(Map<Integer, Long> offsets) implements Start {
            public At {
                offsets = Map.copyOf(offsets);
            }
        }
    }

    private final ConsumerLoop loop;
    private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();

    /**
     * @param role names the tail in Kafka's logs
     */
    public TopicTail(
            String role,
            WarmerClients clients,
            TopicSpec<T> topic,
            Start start,
            Taker<T> taker,
            WarmerMetrics metrics) {
        loop =
                new ConsumerLoop(
                        role,
                        () -> clients.tail(role),
                        new Tailing(new TolerantReader<>(topic, metrics), start, taker));
    }

    public void start() {
        loop.start();
    }

    /** Done when everything that stood in the topic at the start has been taken. */
    public CompletionStage<@Nullable Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Tailing implements ConsumerLoop.Polling {

        private final TolerantReader<T> reader;
        private final Start start;
        private final Taker<T> taker;
        private final Pace pace = new Pace(PACE);
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private Map<TopicPartition, Long> endAtStart = Map.of();

        Tailing(TolerantReader<T> reader, Start start, Taker<T> taker) {
            this.reader = reader;
            this.start = start;
            this.taker = taker;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            String topic = reader.topic().name();
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            if (endAtStart.isEmpty()) {
                endAtStart = consumer.endOffsets(partitions);
                seekFirst(consumer, partitions);
            } else {
                next.forEach(consumer::seek);
            }
        }

        private void seekFirst(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
            switch (start) {
                case Start.Oldest() -> consumer.seekToBeginning(partitions);
                case Start.Newest() -> next.putAll(endAtStart);
                case Start.At(var offsets) -> {
                    var unknown = new ArrayList<TopicPartition>();
                    for (TopicPartition partition : partitions) {
                        Long offset = offsets.get(partition.partition());
                        if (offset == null) {
                            unknown.add(partition);
                        } else {
                            next.put(partition, offset);
                        }
                    }
                    consumer.seekToBeginning(unknown);
                }
            }
            next.forEach(consumer::seek);
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            for (var record : pace.poll(consumer, POLL)) {
                reader.read(record)
                        .ifPresent(value -> taker.take(record.partition(), record.offset(), value));
                next.put(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset() + 1);
            }
            if (!caughtUp.isDone() && isCaughtUp(consumer)) {
                caughtUp.complete(null);
            }
        }

        private boolean isCaughtUp(Consumer<String, byte[]> consumer) {
            return endAtStart.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }
}
