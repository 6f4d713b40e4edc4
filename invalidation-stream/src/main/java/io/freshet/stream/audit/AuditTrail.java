package io.freshet.stream.audit;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.stream.applier.EvictionTarget;
import io.freshet.stream.settings.AuditSettings;
import io.freshet.stream.settings.PostgresSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the log down in the tables of the audit, as a member of a consumer group.
 *
 * <p>How far each partition is stands in PostgreSQL and is moved in the transaction of its rows, so
 * that each record is written once, whoever reads it how often; the offsets in Kafka only tell
 * people how far it is behind.
 *
 * <p>Failure modes: while PostgreSQL is away, or api-service has not made its tables yet, nothing
 * is read, and later it goes on where it stopped, if Kafka still has that. A record that cannot be
 * read is passed over.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TURN_OVER = Duration.ofHours(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int RECORDS = 5_000;
    private static final int WORTH_WRITING = 512 * 1024;
    private static final long UNEVENTFUL = 10_000;

    private final KafkaOptions kafka;
    private final String group;
    private final PostgresSettings postgres;
    private final AuditSettings settings;
    private final InstantSource clock;
    private final Effects effects;
    private final Counter written;
    private final Thread thread = Thread.ofPlatform().daemon().name("audit").unstarted(this::run);
    private volatile boolean closing;

    // Of the thread.
    private final Map<Integer, Progress> progress = new HashMap<>();
    private @Nullable AuditTable table;
    private Instant turnOver = Instant.EPOCH;
    private boolean failing;

    private AuditTrail(
            KafkaOptions kafka,
            String group,
            PostgresSettings postgres,
            AuditSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.group = group;
        this.postgres = postgres;
        this.settings = settings;
        this.clock = clock;
        this.effects = new Effects(kafka.partitioning(), settings.maxEffects(), clock);
        this.written =
                Counter.builder("freshet.audit.rows")
                        .description("Rows written to the audit")
                        .register(meters);
        FunctionCounter.builder("freshet.audit.effects.dropped", effects, Effects::dropped)
                .description("Invalidations of which the audit does not tell what they evicted")
                .register(meters);
    }

    /**
     * Starts.
     *
     * @param group that the instances share
     */
    public static AuditTrail start(
            KafkaOptions kafka,
            String group,
            PostgresSettings postgres,
            AuditSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        var trail = new AuditTrail(kafka, group, postgres, settings, clock, meters);
        if (settings.enabled()) {
            trail.thread.start();
        }
        return trail;
    }

    /** The target, of which note is taken. */
    public EvictionTarget watch(EvictionTarget target) {
        return settings.enabled() ? new AuditedTarget(target, effects) : target;
    }

    private void run() {
        while (!closing) {
            try (Consumer<String, byte[]> consumer =
                    new KafkaConsumer<>(
                            properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
                progress.clear();
                consumer.subscribe(List.of(kafka.topics().log().name()));
                while (!closing) {
                    follow(consumer);
                }
            } catch (InterruptException _) {
                // Told to stop.
            } catch (RuntimeException e) {
                complain("the log cannot be read for the audit", e);
                pause();
            }
        }
        forget();
    }

    private void follow(Consumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(settings.interval());
        try {
            AuditTable to = open();
            Set<TopicPartition> assigned = consumer.assignment();
            progress.keySet().removeIf(p -> !assigned.contains(partition(p)));
            for (TopicPartition partition : assigned) {
                Progress known = progress.get(partition.partition());
                if (known == null) {
                    begin(consumer, partition, to);
                } else {
                    write(partition, known, records.records(partition), to);
                }
            }
            writeEffects(to);
            if (!clock.instant().isBefore(turnOver)) {
                to.turnOver(clock.instant(), settings.retention());
                turnOver = clock.instant().plus(TURN_OVER);
            }
            if (!records.isEmpty()) {
                consumer.commitAsync((_, _) -> {});
            }
            if (failing) {
                failing = false;
                log.atInfo().log("The audit is written again");
            }
        } catch (SQLException e) {
            complain("the audit cannot be written; it goes on later where it stopped", e);
            forget();
            consumer.pause(consumer.assignment());
            pause();
        }
    }

    private AuditTable open() throws SQLException {
        AuditTable open = table;
        if (open == null) {
            open =
                    AuditTable.open(
                            postgres.url(), postgres.user(), postgres.password(), kafka.epoch());
            table = open;
        }
        return open;
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

    private void write(
            TopicPartition partition,
            Progress before,
            List<ConsumerRecord<String, byte[]>> records,
            AuditTable to)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        int p = partition.partition();
        var batch = new AuditBatch(p);
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
        if (rows.isEmpty() && next - before.nextOffset() < UNEVENTFUL) {
            return;
        }
        var after = new Progress(next, seen);
        if (to.write(p, rows, before, after)) {
            written.increment(rows.size());
            progress.put(p, after);
        } else {
            // Another instance has the partition now, or had it until a moment ago.
            progress.remove(p);
        }
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

    private void writeEffects(AuditTable to) throws SQLException {
        List<Effect> taken = effects.take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            to.write(taken);
        } catch (SQLException e) {
            effects.giveBack(taken);
            throw e;
        }
    }

    private void forget() {
        progress.clear();
        AuditTable open = table;
        table = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException _) {
                // It is of no use any more.
            }
        }
    }

    private void complain(String what, Exception e) {
        if (!failing && !closing) {
            failing = true;
            log.atWarn().addKeyValue("problem", e.getMessage()).log(what);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(kafka.topics().log().name(), number);
    }

    private Map<String, Object> properties() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "freshet-audit",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS,
                // Records wait for company: else each would be a transaction of its own.
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                WORTH_WRITING,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                (int) settings.interval().toMillis());
    }

    /** Stops after the round under way. */
    @Override
    public void close() {
        closing = true;
        try {
            if (settings.enabled() && !thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
