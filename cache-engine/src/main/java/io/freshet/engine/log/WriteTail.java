package io.freshet.engine.log;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The thread by which a node knows of every write that no source has taken yet: reads all
 * partitions of the log of writes, from what the writers' group has done, and for ever.
 */
public final class WriteTail implements AutoCloseable {

    /** Is told of every record, in the order of its partition, by one thread. */
    @FunctionalInterface
    public interface Listener {

        void on(PlacedWrite write);
    }

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaOptions options;
    private final TopicSpec<SourceWrite> topic;
    private final Listener listener;
    private final ConsumerLoop loop;
    private volatile boolean caughtUp;

    public WriteTail(KafkaOptions options, Listener listener) {
        this.options = options;
        this.topic = options.topics().writes();
        this.listener = listener;
        this.loop =
                new ConsumerLoop(
                        "freshet-writes",
                        () -> new KafkaConsumer<>(options.tail()),
                        new Tailing(new WriteReader(topic)));
    }

    public void start() {
        loop.start();
    }

    /** Whether it has read what was the end when it started. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Tailing implements ConsumerLoop.Polling {

        private final WriteReader reader;
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private Map<TopicPartition, Long> ends = Map.of();

        Tailing(WriteReader reader) {
            this.reader = reader;
        }

        @Override
        public void begin(Consumer<String, byte[]> consumer)
                throws InterruptedException, ExecutionException {
            List<TopicPartition> partitions =
                    IntStream.range(0, topic.partitions())
                            .mapToObj(p -> new TopicPartition(topic.name(), p))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            ends = consumer.endOffsets(partitions);
            if (next.isEmpty()) {
                next.putAll(done(partitions, begins));
            }
            next.forEach((partition, offset) ->
                    consumer.seek(partition, Math.max(offset, begins.getOrDefault(partition, 0L))));
        }

        @Override
        public void turn(Consumer<String, byte[]> consumer) {
            next.replaceAll((partition, _) -> consumer.position(partition));
            caughtUp = caughtUp || isBehind(ends);
            consumer.poll(POLL)
                    .forEach(record -> {
                        PlacedWrite write = reader.read(record);
                        if (write != null) {
                            listener.on(write);
                        }
                    });
        }

        private boolean isBehind(Map<TopicPartition, Long> places) {
            return places.entrySet().stream()
                    .allMatch(place -> next.getOrDefault(place.getKey(), 0L) >= place.getValue());
        }
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
}
