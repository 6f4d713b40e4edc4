package io.freshet.stream.audit;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.KafkaOptions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the log that this instance writes down, and how far each is. For one thread.
 *
 * <p>How far a partition is stands in PostgreSQL and is moved in the transaction of its rows. Who
 * finds it moved by another begins the partition anew, from there.
 */
final class AuditedPartitions {

    private static final Logger log = LoggerFactory.getLogger(AuditedPartitions.class);

    /** Records without a row, after which it is noted all the same how far they were read. */
    private static final long UNEVENTFUL = 10_000;

    private final KafkaOptions kafka;
    private final AuditLag lag;
    private final InstantSource clock;
    private final IntConsumer written;
    private final Map<Integer, Progress> progress = new HashMap<>();

    /**
     * @param written takes how many rows were
     */
    AuditedPartitions(KafkaOptions kafka, AuditLag lag, InstantSource clock, IntConsumer written) {
        this.kafka = kafka;
        this.lag = lag;
        this.clock = clock;
        this.written = written;
    }

    /** These are this instance's now, and no others. */
    void has(Set<TopicPartition> assigned) {
        Set<Integer> numbers =
                assigned.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        lag.has(numbers);
        progress.keySet().retainAll(numbers);
    }

    /** Takes what was polled: begins the partitions that are new, writes the records of others. */
    void take(
            Consumer<String, byte[]> consumer,
            ConsumerRecords<String, byte[]> records,
            AuditTable to)
            throws SQLException {
        for (TopicPartition partition : consumer.assignment()) {
            Progress known = progress.get(partition.partition());
            if (known == null) {
                begin(consumer, partition, to);
            } else if (write(partition.partition(), known, records.records(partition), to)
                    && isAtEnd(consumer.currentLag(partition))) {
                lag.reached(partition.partition(), clock.instant());
            }
        }
    }

    /** Begins each anew, from where PostgreSQL says. */
    void forget() {
        progress.clear();
    }

    /** Goes to where the audit stopped; what was polled of the partition is read again. */
    private void begin(Consumer<String, byte[]> consumer, TopicPartition partition, AuditTable from)
            throws SQLException {
        Progress found =
                from.progress(partition.partition(), kafka.topics().invalidations().partitions());
        long first = requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
        if (found.nextOffset() > 0 && found.nextOffset() < first) {
            log.atWarn()
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("from", found.nextOffset())
                    .addKeyValue("to", first)
                    .log("Records of the log were removed before the audit had them");
        }
        consumer.seek(partition, Math.max(first, found.nextOffset()));
        consumer.resume(List.of(partition));
        progress.put(partition.partition(), found);
    }

    /** Answers false when another instance has the partition now, or had it until a moment ago. */
    private boolean write(
            int partition,
            Progress before,
            List<ConsumerRecord<String, byte[]>> records,
            AuditTable to)
            throws SQLException {
        if (records.isEmpty()) {
            return true;
        }
        var batch = new AuditBatch(partition);
        var seen = new ArrayList<>(before.seen());
        for (ConsumerRecord<String, byte[]> record : records) {
            LogRecord read = read(record);
            if (read != null
                    && read.event() instanceof Event.Invalidation
                    && isNew(read.via(), seen)) {
                seen.set(read.via().partition(), read.via().offset());
                batch.add(
                        Instant.ofEpochMilli(record.timestamp()),
                        Stamp.of(kafka.epoch(), record.offset() + 1),
                        read);
            }
        }
        long next = records.getLast().offset() + 1;
        List<AuditRow> rows = batch.rows();
        if (!rows.isEmpty() || next - before.nextOffset() >= UNEVENTFUL) {
            var after = new Progress(next, seen);
            if (!to.write(partition, rows, before, after)) {
                progress.remove(partition);
                return false;
            }
            written.accept(rows.size());
            progress.put(partition, after);
        }
        lag.reached(partition, Instant.ofEpochMilli(records.getLast().timestamp()));
        return true;
    }

    private static boolean isAtEnd(OptionalLong behind) {
        return behind.isPresent() && behind.getAsLong() == 0;
    }

    private static boolean isNew(InboxPosition via, List<Long> seen) {
        while (seen.size() <= via.partition()) {
            seen.add(-1L);
        }
        return via.offset() > seen.get(via.partition());
    }

    private @Nullable LogRecord read(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null
                    ? null
                    : kafka.topics().log().codec().decode(record.value());
        } catch (MalformedRecordException _) {
            return null;
        }
    }
}
