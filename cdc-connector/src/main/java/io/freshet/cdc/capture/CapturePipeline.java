package io.freshet.cdc.capture;

import io.freshet.cdc.database.Reading;
import io.freshet.cdc.database.SnapshotQuery;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.visibility.VisibilityBarrier;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One way from what the log delivers to what the inbox takes: rules, barrier, events, position.
 *
 * <p>{@link #take} is called by the engine's thread, batch by batch, and blocks while the barrier
 * holds. {@link #revisit} is called by a timer, so that what was published early is published again
 * soon after it becomes visible, whether or not the log delivers anything. A failure of either ends
 * the session; the next one begins where the slot stands.
 */
final class CapturePipeline {

    private static final long RETRY_MILLIS = 1;

    private final BatchAssembler assembler;
    private final VisibilityBarrier<Work, Event.Heartbeat, Lsn> barrier;
    private final SnapshotQuery snapshots;
    private final Outbox outbox;
    private final PositionKeeper positions;
    private final CaptureMetrics metrics;
    private final Duration offsetInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Aftermath aftermath;
    private volatile boolean owing;
    private @Nullable Lsn passed;
    private @Nullable Lsn kept;
    private long keptAt = System.nanoTime();

    /**
     * @param aftermath what a loss at the start has left to do; null when there was none
     */
    CapturePipeline(
            BatchAssembler assembler,
            VisibilityBarrier<Work, Event.Heartbeat, Lsn> barrier,
            SnapshotQuery snapshots,
            Outbox outbox,
            PositionKeeper positions,
            CaptureMetrics metrics,
            Duration offsetInterval,
            @Nullable Aftermath aftermath) {
        this.assembler = assembler;
        this.barrier = barrier;
        this.snapshots = snapshots;
        this.outbox = outbox;
        this.positions = positions;
        this.metrics = metrics;
        this.offsetInterval = offsetInterval;
        this.aftermath = aftermath;
    }

    /**
     * Takes the next batch and returns when the barrier has let go of all of it.
     *
     * @return where the slot may be moved to: remembered in Kafka, everything before it published
     *     for good; null when that has not changed or was done a moment ago
     */
    @Nullable Lsn take(List<Captured> batch) throws InterruptedException, SQLException {
        lock.lockInterruptibly();
        try {
            BatchAssembler.Assembled assembled = assembler.assemble(batch);
            metrics.captured(assembled.transactions());
            outbox.setAside(assembled.unreadable());
            long now = System.nanoTime();
            assembled.deliveries().forEach(delivery -> barrier.deliver(delivery, now));
            advance();
            while (barrier.isHolding()) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                advance();
            }
            return keep();
        } finally {
            lock.unlock();
        }
    }

    /** Publishes again what is owed and has become visible; does nothing while a batch is taken. */
    void revisit() throws InterruptedException, SQLException {
        if (owing && lock.tryLock()) {
            try {
                advance();
            } finally {
                lock.unlock();
            }
        }
    }

    private void advance() throws InterruptedException, SQLException {
        Reading reading = snapshots.read();
        var steps = barrier.advance(reading.snapshot(), System.nanoTime());
        Lsn reached = outbox.carryOut(steps, reading);
        if (reached != null) {
            passed = reached;
        }
        owing = barrier.isOwing();
        settle(reading);
    }

    private void settle(Reading reading) throws InterruptedException {
        Aftermath left = aftermath;
        if (left != null && reading.snapshot().seesAllOf(left.since())) {
            outbox.raiseBarriers(left.losses(), reading.written());
            positions.trust();
            aftermath = null;
        }
    }

    private @Nullable Lsn keep() throws InterruptedException {
        Lsn reached = passed;
        long now = System.nanoTime();
        if (reached == null || reached.equals(kept) || now - keptAt < offsetInterval.toNanos()) {
            return null;
        }
        positions.advance(reached);
        kept = reached;
        keptAt = now;
        return reached;
    }
}
