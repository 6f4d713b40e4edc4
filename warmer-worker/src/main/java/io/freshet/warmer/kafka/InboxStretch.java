package io.freshet.warmer.kafka;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.warmer.verify.EngineTrail.InboxSearch;
import io.freshet.warmer.verify.Spot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox, read again for a stretch of time. Each reading has a connection of its own, and gives
 * up after so many records: then the answer is no. Thread-safe; blocks.
 */
public final class InboxStretch implements InboxSearch {

    private static final Logger log = LoggerFactory.getLogger(InboxStretch.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long MOST_RECORDS = 500_000;

    private final WarmerClients clients;
    private final TopicSpec<Event> inbox;

    public InboxStretch(WarmerClients clients, TopicSpec<Event> inbox) {
        this.clients = clients;
        this.inbox = inbox;
    }

    @Override
    public boolean has(Spot spot, Instant from, Instant to) {
        Consumer<String, byte[]> consumer = clients.tail("verifier");
        try {
            return has(consumer, spot, from, to);
        } catch (KafkaException e) {
            log.atWarn().addKeyValue("problem", e.getMessage()).log("the inbox cannot be read");
            return false;
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private boolean has(Consumer<String, byte[]> consumer, Spot spot, Instant from, Instant to) {
        List<TopicPartition> partitions =
                IntStream.range(0, inbox.partitions())
                        .mapToObj(partition -> new TopicPartition(inbox.name(), partition))
                        .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(
                        partitions.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), _ -> from.toEpochMilli())))
                .forEach((partition, begin) ->
                        consumer.seek(
                                partition,
                                begin == null
                                        ? requireNonNull(ends.get(partition))
                                        : begin.offset()));
        long read = 0;
        while (read < MOST_RECORDS && !isRead(consumer, ends)) {
            for (var record : consumer.poll(POLL)) {
                read++;
                if (record.timestamp() <= to.toEpochMilli() && isOf(spot, record)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isRead(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private boolean isOf(Spot spot, ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return false;
        }
        try {
            return inbox.codec().decode(record.value()) instanceof Event.Invalidation event
                    && spot.isUnder(event.target());
        } catch (MalformedRecordException _) {
            return false;
        }
    }
}
