package io.freshet.cdc.capture;

import io.freshet.cdc.database.Reading;
import io.freshet.cdc.metrics.CaptureMetrics;
import io.freshet.cdc.position.Loss;
import io.freshet.cdc.position.PositionKeeper;
import io.freshet.cdc.visibility.VisibilityBarrier;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One way from what the log delivers to what the inbox takes: rules, barrier, events, position.
 *
 * <p>{@link #take} is called by the engine's thread, batch by batch; it blocks while the barrier
 * holds, but not until Kafka has acknowledged: the next batch is decoded meanwhile. {@link
 * #revisit} and {@link #keep} are called by timers. The first publishes again what was published
 * early, soon after it becomes visible, whether or not the log delivers anything. The second stores
 * how far everything is acknowledged; only what is stored moves the slot. A failure of any of them
 * ends the session; the next one begins where the slot stands.
 */
final class CapturePipeline {

    private final BatchAssembler assembler;
    private final VisibilityBarrier<Work, Event.Heartbeat, Lsn> barrier;
    private final Sight sight;
    private final Outbox outbox;
    private final PositionKeeper positions;
    private final CaptureMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Aftermath aftermath;
    private volatile boolean owing;
    private volatile @Nullable Lsn arrived;
    private volatile @Nullable Lsn kept;
    private @Nullable Lsn told;

    /**
     * @param aftermath what a loss at the start has left to do; null when there was none
     */
    CapturePipeline(
            BatchAssembler assembler,
            VisibilityBarrier<Work, Event.Heartbeat, Lsn> barrier,
            Sight sight,
            Outbox outbox,
            PositionKeeper positions,
            CaptureMetrics metrics,
            @Nullable Aftermath aftermath) {
        this.assembler = assembler;
        this.barrier = barrier;
        this.sight = sight;
        this.outbox = outbox;
        this.positions = positions;
        this.metrics = metrics;
        this.aftermath = aftermath;
    }

    /**
     * Takes the next batch and returns when the barrier has let go of all of it.
     *
     * @return where the slot may be moved to: remembered in Kafka, everything before it published
     *     for good; null when that has not changed
     */
    @Nullable Lsn take(List<Captured> batch) throws InterruptedException, SQLException {
        lock.lockInterruptibly();
        try {
            BatchAssembler.Assembled assembled = assembler.assemble(batch);
            metrics.captured(assembled.transactions());
            outbox.setAside(assembled.unreadable());
            long now = System.nanoTime();
            assembled.deliveries().forEach(delivery -> barrier.deliver(delivery, now));
            advance(aftermath == null ? sight.lastThatSees(barrier) : sight.now());
            while (barrier.isHolding()) {
                advance(sight.again());
            }
            noteArrivals();
        } finally {
            lock.unlock();
        }
        Lsn stored = kept;
        if (stored == null || stored.equals(told)) {
            return null;
        }
        told = stored;
        return stored;
    }

    /** Invalidates what nobody sees the changes of. */
    void distrust(Loss loss) throws InterruptedException, SQLException {
        lock.lockInterruptibly();
        try {
            outbox.distrust(loss, sight.now().written());
        } finally {
            lock.unlock();
        }
    }

    /** Publishes again what is owed and has become visible; does nothing while a batch is taken. */
    void revisit() throws InterruptedException, SQLException {
        if (owing && lock.tryLock()) {
            try {
                advance(sight.now());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Stores how far everything has arrived, and blocks until that is acknowledged itself. */
    void keep() throws InterruptedException {
        if (lock.tryLock()) {
            try {
                noteArrivals();
            } finally {
                lock.unlock();
            }
        }
        Lsn reached = arrived;
        if (reached != null && !reached.equals(kept)) {
            positions.advance(reached);
            kept = reached;
        }
    }

    private void advance(Reading reading) throws InterruptedException {
        outbox.carryOut(barrier.advance(reading.snapshot(), System.nanoTime()), reading);
        owing = barrier.isOwing();
        settle(reading);
    }

    private void noteArrivals() throws InterruptedException {
        Lsn reached = outbox.arrived();
        if (reached != null) {
            arrived = reached;
        }
    }

    private void settle(Reading reading) throws InterruptedException {
        Aftermath left = aftermath;
        if (left != null && reading.snapshot().seesAllOf(left.since())) {
            outbox.raiseBarriers(left.losses(), reading.written());
            positions.trust();
            aftermath = null;
        }
    }
}
