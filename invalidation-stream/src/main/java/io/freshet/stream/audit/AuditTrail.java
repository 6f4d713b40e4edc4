package io.freshet.stream.audit;

import io.freshet.engine.log.KafkaOptions;
import io.freshet.stream.applier.EvictionTarget;
import io.freshet.stream.kafka.KafkaAccess;
import io.freshet.stream.settings.AuditSettings;
import io.freshet.stream.settings.PostgresSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
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
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaOptions kafka;
    private final KafkaAccess access;
    private final AuditSettings settings;
    private final Effects effects;
    private final Thread thread = Thread.ofPlatform().daemon().name("audit").unstarted(this::run);
    private volatile boolean closing;

    // Of the thread.
    private final AuditDatabase database;
    private final AuditedPartitions partitions;
    private boolean failing;

    private AuditTrail(
            KafkaOptions kafka,
            KafkaAccess access,
            PostgresSettings postgres,
            AuditSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.access = access;
        this.settings = settings;
        this.effects = new Effects(kafka.partitioning(), settings.maxEffects(), clock);
        var lag = new AuditLag(clock);
        this.database = new AuditDatabase(postgres, settings, kafka.epoch(), clock);
        Counter written =
                Counter.builder("freshet.audit.rows")
                        .description("Rows written to the audit")
                        .register(meters);
        this.partitions = new AuditedPartitions(kafka, lag, clock, written::increment);
        FunctionCounter.builder("freshet.audit.effects.dropped", effects, Effects::dropped)
                .description("Invalidations of which the audit does not tell what they evicted")
                .register(meters);
        Gauge.builder("freshet.audit.lag", lag::seconds)
                .description("Age of the log up to which all is in the audit")
                .baseUnit("seconds")
                .register(meters);
    }

    /**
     * Starts.
     *
     * @param access by which the instances are one group
     */
    public static AuditTrail start(
            KafkaOptions kafka,
            KafkaAccess access,
            PostgresSettings postgres,
            AuditSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        var trail = new AuditTrail(kafka, access, postgres, settings, clock, meters);
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
                    LogConsumer.open(kafka, access, settings.interval())) {
                partitions.forget();
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
        database.close();
    }

    private void follow(Consumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(settings.interval());
        partitions.has(consumer.assignment());
        try {
            AuditTable to = database.open();
            partitions.take(consumer, records, to);
            writeEffects(to);
            database.turnOver();
            if (!records.isEmpty()) {
                consumer.commitAsync((_, _) -> {});
            }
            if (failing) {
                failing = false;
                log.atInfo().log("The audit is written again");
            }
        } catch (SQLException e) {
            complain("the audit cannot be written; it goes on later where it stopped", e);
            database.close();
            partitions.forget();
            consumer.pause(consumer.assignment());
            pause();
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
