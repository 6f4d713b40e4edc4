package io.freshet.cdc.capture;

import io.freshet.cdc.database.Heartbeat;
import io.freshet.cdc.database.Reading;
import io.freshet.cdc.database.SnapshotQuery;
import io.freshet.cdc.database.SourceDatabase;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.CapturePosition;
import io.freshet.cdc.position.Loss;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.position.PositionStore;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.settings.CaptureSettings;
import io.freshet.cdc.visibility.VisibilityBarrier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at change capture, from the first check to the first failure.
 *
 * <p>Phases: prepare the database; raise barriers for what may have been missed; stream until
 * something fails or {@link #stop} is called. Whatever it held is released at the end; what was
 * delivered and not passed is delivered again to the next session.
 */
final class CaptureSession {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureSession.class);

    private static final int MAX_OWED = 10_000;
    private static final Duration REVISIT = Duration.ofMillis(10);
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final long SETTLE_MILLIS = 10;

    private final CaptureSettings settings;
    private final SourceDatabase database;
    private final Rules rules;
    private final CaptureMetrics metrics;
    private final CaptureStatus status;
    private final PositionStore positions;
    private final Outbox outbox;
    private volatile @Nullable CaptureEngine engine;
    private volatile @Nullable Connection preparing;
    private volatile boolean stopped;

    CaptureSession(
            CaptureSettings settings,
            SourceDatabase database,
            Rules rules,
            CaptureMetrics metrics,
            CaptureStatus status,
            PositionStore positions,
            Outbox outbox) {
        this.settings = settings;
        this.database = database;
        this.rules = rules;
        this.metrics = metrics;
        this.status = status;
        this.positions = positions;
        this.outbox = outbox;
    }

    /**
     * Captures until it is stopped, then returns.
     *
     * @throws ExecutionException with what streaming failed with
     */
    void run() throws SQLException, InterruptedException, ExecutionException {
        Preparation.Ready ready = prepare();
        try (var snapshots = new SnapshotQuery(database)) {
            Aftermath aftermath = raiseBarriers(ready.losses(), snapshots);
            CapturePosition position =
                    aftermath == null ? ready.position().trusted() : ready.position();
            positions.save(position);
            LOG.atInfo()
                    .addKeyValue("source", settings.source())
                    .addKeyValue("slot", settings.slot())
                    .addKeyValue("lsn", position.lsn())
                    .addKeyValue("tables", ready.fit().tables().keySet())
                    .log("change capture begins");
            var keeper = new PositionKeeper(positions, position);
            var pipeline =
                    new CapturePipeline(
                            new BatchAssembler(ready.fit().rules(), settings.source()),
                            new VisibilityBarrier<>(settings.visibilityWait(), MAX_OWED),
                            new Sight(snapshots),
                            outbox,
                            keeper,
                            metrics,
                            aftermath);
            stream(ready, pipeline, keeper);
        }
    }

    /** Ends {@link #run} from another thread, whatever it is doing. */
    void stop() {
        stopped = true;
        CaptureEngine running = engine;
        if (running != null) {
            running.close();
        }
        Connection connection = preparing;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("the connection was gone before");
            }
        }
    }

    private Preparation.Ready prepare() throws SQLException, InterruptedException {
        try (Connection connection = database.connect()) {
            preparing = connection;
            new StandBy(settings, database, rules, positions, connection, status)
                    .awaitTurn(() -> stopped);
        } finally {
            preparing = null;
        }
        try (Connection connection = database.connectPatiently()) {
            preparing = connection;
            return new Preparation(settings, database, rules, connection, status)
                    .prepare(positions);
        } finally {
            preparing = null;
        }
    }

    private void stream(Preparation.Ready ready, CapturePipeline pipeline, PositionKeeper keeper)
            throws SQLException, InterruptedException, ExecutionException {
        Fit fit = ready.fit();
        status.fitted(fit);
        String unchanged = "unchanged-" + UUID.randomUUID();
        var decoder =
                new RecordDecoder(
                        new RowImages(fit.identities(), new CellReader(unchanged)),
                        new CallDecoder(settings.source()));
        try (var heartbeat = new Heartbeat(database);
                Connection watching = database.connect();
                Connection first = database.connect();
                var streaming =
                        CaptureEngine.start(
                                EngineSettings.of(
                                        settings, database, fit.tables().keySet(), unchanged),
                                new OnceChecked(
                                        new DatabaseWatch(
                                                settings, database, rules, fit, first, status,
                                                keeper),
                                        batch -> pipeline.take(decoded(decoder, batch))));
                var timers = new Timers(streaming::fail)) {
            engine = streaming;
            timers.every(settings.heartbeat(), heartbeat::beat);
            timers.every(REVISIT, pipeline::revisit);
            timers.every(settings.offsetInterval(), pipeline::keep);
            timers.every(
                    WATCH,
                    new DatabaseWatch(settings, database, rules, fit, watching, status, keeper));
            if (!fit.unseen().isEmpty()) {
                var unseen = new Loss(Loss.Cause.UNSEEN, "there is no such table", fit.unseen());
                timers.every(WATCH, () -> pipeline.distrust(unseen));
            }
            if (!stopped) {
                streaming.awaitEnd();
            }
        } finally {
            engine = null;
        }
    }

    private List<Captured> decoded(RecordDecoder decoder, List<SourceRecord> batch) {
        status.become(new CaptureState.Capturing());
        return batch.stream().map(decoder::decode).toList();
    }

    /**
     * Raises a barrier for each loss when the transactions now under way have ended, or after the
     * visibility wait if they take longer.
     *
     * @return what is left to do then; null when nothing is
     */
    private @Nullable Aftermath raiseBarriers(List<Loss> losses, SnapshotQuery snapshots)
            throws SQLException, InterruptedException {
        if (losses.isEmpty()) {
            return null;
        }
        Reading first = snapshots.read();
        Reading last = first;
        long deadline = System.nanoTime() + settings.visibilityWait().toNanos();
        while (!last.snapshot().seesAllOf(first.snapshot()) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            last = snapshots.read();
        }
        outbox.raiseBarriers(losses, last.written());
        return last.snapshot().seesAllOf(first.snapshot())
                ? null
                : new Aftermath(first.snapshot(), losses);
    }
}
