package io.freshet.cdc.capture;

import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.PositionStore;
import io.freshet.cdc.publish.Inbox;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.cdc.settings.KafkaSettings;
import io.freshet.contracts.topic.TopicSetup;
import io.freshet.contracts.topic.Topics;
import io.freshet.contracts.trace.Tracer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change capture for as long as the process lives: session after session, with growing pauses
 * between those that fail, and a state that says what it waits for.
 */
public final class CaptureLoop {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final int KAFKA_PATIENCE_MILLIS = 10_000;

    private final CaptureSettings settings;
    private final SourceDatabase database;
    private final Rules rules;
    private final Topics topics;
    private final KafkaSettings kafka;
    private final CaptureMetrics metrics;
    private final CaptureStatus status;
    private final Tracer tracer;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable CaptureSession session;

    public CaptureLoop(
            CaptureSettings settings,
            SourceDatabase database,
            Rules rules,
            Topics topics,
            KafkaSettings kafka,
            CaptureMetrics metrics,
            CaptureStatus status,
            Tracer tracer) {
        this.settings = settings;
        this.database = database;
        this.rules = rules;
        this.topics = topics;
        this.kafka = kafka;
        this.metrics = metrics;
        this.status = status;
        this.tracer = tracer;
    }

    /** Starts it on a thread of its own; once. */
    public synchronized void start() {
        thread = Thread.ofPlatform().name("freshet-capture").start(this::loop);
    }

    /** Stops it and waits until it has let go of the slot. */
    public synchronized void stop() throws InterruptedException {
        stopping.countDown();
        CaptureSession running = session;
        if (running != null) {
            running.stop();
        }
        if (thread != null && !thread.join(STOP_PATIENCE)) {
            LOG.atWarn().log("change capture did not stop in time");
        }
    }

    private void loop() {
        Duration pause = FIRST_PAUSE;
        try {
            while (stopping.getCount() > 0) {
                CaptureState ended = runSession();
                if (stopping.getCount() == 0) {
                    break;
                }
                pause =
                        status.state() instanceof CaptureState.Capturing
                                ? FIRST_PAUSE
                                : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                status.become(ended);
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            status.become(new CaptureState.Stopped());
        }
    }

    /** Runs a session to its end and says what that end means. */
    private CaptureState runSession() throws InterruptedException {
        try {
            ensureTopics();
            try (var inbox = new Inbox(kafka.bootstrapServers(), topics, kafka.signer());
                    var positions =
                            new PositionStore(
                                    kafka.bootstrapServers(),
                                    topics.captureOffsets(),
                                    settings.source())) {
                var next =
                        new CaptureSession(
                                settings,
                                database,
                                rules,
                                metrics,
                                status,
                                positions,
                                outbox(inbox));
                session = next;
                if (stopping.getCount() > 0) {
                    next.run();
                }
            } finally {
                session = null;
            }
            return new CaptureState.Failed("the capture engine ended by itself");
        } catch (ExecutionException e) {
            return Failures.stateOf(e.getCause() == null ? e : e.getCause(), database);
        } catch (SQLException | RuntimeException e) {
            return Failures.stateOf(e, database);
        }
    }

    private Outbox outbox(Inbox inbox) {
        var spans = new CaptureSpans(tracer, settings.source());
        return new Outbox(inbox, settings.source(), metrics, status, Clock.systemUTC(), spans);
    }

    private void ensureTopics() throws InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers(),
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                KAFKA_PATIENCE_MILLIS,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                KAFKA_PATIENCE_MILLIS / 2))) {
            new TopicSetup(admin)
                    .ensure(
                            List.of(
                                    topics.invalidations(),
                                    topics.deadLetters(),
                                    topics.captureOffsets()));
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "Kafka at %s does not answer: %s"
                            .formatted(kafka.bootstrapServers(), e.getMessage()),
                    e);
        } catch (IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
