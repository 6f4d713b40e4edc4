package io.freshet.warmer.kafka;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.Popularity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Takes all telemetry into the popularity, beginning with the oldest that Kafka still has, so that
 * a restarted worker knows what was popular before.
 *
 * <p>It belongs to no consumer group: every worker hears all, since any of them may be given a job.
 */
public final class TelemetryTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final ConsumerLoop loop;
    private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();

    public TelemetryTail(
            WarmerClients clients,
            TopicSpec<Traffic> topic,
            Popularity popularity,
            WarmerMetrics metrics) {
        loop =
                new ConsumerLoop(
                        "telemetry",
                        clients::telemetry,
                        new Tailing(new TolerantReader<>(topic, metrics), popularity));
    }

    public void start() {
        loop.start();
    }

    /** Done when everything that stood in the topic at the start has been taken in. */
    public CompletionStage<@Nullable Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Tailing implements ConsumerLoop.Polling {

        private final TolerantReader<Traffic> reader;
        private final Popularity popularity;
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private Map<TopicPartition, Long> endAtStart = Map.of();

        Tailing(TolerantReader<Traffic> reader, Popularity popularity) {
            this.reader = reader;
            this.popularity = popularity;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            String topic = reader.topic().name();
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(
                    partitions.stream().filter(partition -> !next.containsKey(partition)).toList());
            next.forEach(consumer::seek);
            if (endAtStart.isEmpty()) {
                endAtStart = consumer.endOffsets(partitions);
            }
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            for (var record : consumer.poll(POLL)) {
                reader.read(record)
                        .ifPresent(traffic -> {
                            popularity.add(traffic);
                            reader.metrics().telemetryRecord();
                        });
                next.put(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset() + 1);
            }
            if (!caughtUp.isDone() && isCaughtUp(consumer)) {
                caughtUp.complete(null);
            }
        }

        @Override
        public void end(Consumer<String, byte[]> consumer) {}

        private boolean isCaughtUp(Consumer<String, byte[]> consumer) {
            return endAtStart.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }
}
