package io.freshet.cdc.capture;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.freshet.contracts.id.Lsn;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Debezium engine. It ends when it is closed or when anything fails, the taking of a
 * batch included; it never restarts by itself.
 */
final class CaptureEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureEngine.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final long STOP_RETRY_MILLIS = 50;

    /** Takes batches and says where the slot may be moved to. */
    interface Taker {
        @Nullable Lsn take(List<SourceRecord> batch) throws InterruptedException, SQLException;
    }

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

    private CaptureEngine(Properties settings, Taker taker) {
        engine =
                DebeziumEngine.create(Connect.class)
                        .using(settings)
                        .using(OffsetCommitPolicy.always())
                        .using(this::ended)
                        .notifying(new Batches(taker))
                        .build();
    }

    static CaptureEngine start(Properties settings, Taker taker) {
        var capture = new CaptureEngine(settings, taker);
        Thread.ofPlatform().name("freshet-capture-engine").start(capture.engine);
        return capture;
    }

    /**
     * Ends the wait of {@link #awaitEnd} with a failure from outside; the engine is to be closed.
     */
    void fail(Throwable cause) {
        end.completeExceptionally(cause);
    }

    /**
     * Blocks until the engine has ended.
     *
     * @throws ExecutionException with what it failed with
     */
    void awaitEnd() throws InterruptedException, ExecutionException {
        end.get();
    }

    /** Stops the engine; it cannot be stopped in the middle of its start, so that is waited for. */
    @Override
    public void close() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (!askedToStop() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(STOP_RETRY_MILLIS);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        end.complete(null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it stops, or has stopped before; false while it starts. */
    private boolean askedToStop() {
        try {
            engine.close();
            return true;
        } catch (IllegalStateException e) {
            return !String.valueOf(e.getMessage()).contains("tasks are starting");
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the capture engine did not stop cleanly");
            return true;
        }
    }

    private void ended(boolean success, String message, @Nullable Throwable error) {
        if (success) {
            end.complete(null);
        } else {
            end.completeExceptionally(error == null ? new IllegalStateException(message) : error);
        }
    }

    /** Hands batches over and moves the slot. */
    private record Batches(Taker taker)
            implements ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> {

        @Override
        public void handleBatch(
                List<ChangeEvent<SourceRecord, SourceRecord>> batch,
                RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
                throws InterruptedException {
            Lsn passed;
            try {
                passed = taker.take(unpacked(batch));
            } catch (SQLException e) {
                throw new IllegalStateException("the database did not answer", e);
            }
            if (passed != null) {
                var position = committer.buildOffsets();
                position.set("lsn", passed.value());
                position.set("lsn_commit", passed.value());
                committer.markProcessed(batch.getLast(), position);
                committer.markBatchFinished();
            }
        }

        private static List<SourceRecord> unpacked(
                List<ChangeEvent<SourceRecord, SourceRecord>> batch) {
            return batch.stream()
                    .map(ChangeEvent::value)
                    .flatMap(record -> HandoverQueue.unpack(record).stream())
                    .toList();
        }
    }
}
