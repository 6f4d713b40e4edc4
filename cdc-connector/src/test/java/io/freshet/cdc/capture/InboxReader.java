package io.freshet.cdc.capture;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads everything that arrives in an inbox, from its beginning. */
final class InboxReader implements AutoCloseable {

    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final Map<Integer, Lsn> beats = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** A record of the inbox. */
    record Arrived(int partition, long offset, String key, Event event) {}

    InboxReader(String bootstrapServers, TopicSpec<Event> topic) {
        Thread.ofPlatform().daemon().start(() -> read(bootstrapServers, topic));
    }

    List<Arrived> all() {
        return List.copyOf(arrived);
    }

    /** One by one, whether or not they share a record. */
    List<Event.Invalidation> invalidations() {
        return arrived.stream()
                .map(Arrived::event)
                .filter(Event.Invalidation.class::isInstance)
                .map(Event.Invalidation.class::cast)
                .flatMap(event -> event.each().stream())
                .toList();
    }

    List<Target> targets() {
        return invalidations().stream().map(Event.Invalidation::target).toList();
    }

    List<Arrived> heartbeats(int partition) {
        return arrived.stream()
                .filter(a -> a.partition() == partition && a.event() instanceof Event.Heartbeat)
                .toList();
    }

    /** Whether a heartbeat has come by a partition that tells of all up to there. */
    boolean isPast(int partition, Lsn written) {
        Lsn beat = beats.get(partition);
        return beat != null && beat.compareTo(written) >= 0;
    }

    void forget() {
        beats.clear();
        arrived.clear();
    }

    private void note(Arrived record) {
        if (record.event() instanceof Event.Heartbeat beat) {
            beats.merge(
                    record.partition(),
                    beat.lsn(),
                    (known, told) -> told.compareTo(known) > 0 ? told : known);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void read(String bootstrapServers, TopicSpec<Event> topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", bootstrapServers,
                                "auto.offset.reset", "earliest",
                                "enable.auto.commit", "false"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(
                    IntStream.range(0, topic.partitions())
                            .mapToObj(p -> new TopicPartition(topic.name(), p))
                            .toList());
            while (!closed) {
                var polled = new ArrayList<Arrived>();
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    polled.add(
                            new Arrived(
                                    record.partition(),
                                    record.offset(),
                                    new String(record.key(), StandardCharsets.UTF_8),
                                    Codecs.EVENT.decode(record.value())));
                }
                arrived.addAll(polled);
                polled.forEach(this::note);
            }
        }
    }
}
