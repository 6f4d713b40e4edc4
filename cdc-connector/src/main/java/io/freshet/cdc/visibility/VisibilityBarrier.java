package io.freshet.cdc.visibility;

import io.freshet.cdc.visibility.Step.Timing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rule 1 of the protocol: holds what the log delivered until new readers of the database see it.
 *
 * <p><b>Mechanism.</b> A logical slot delivers a transaction when its commit record is flushed,
 * which is before its rows are visible, and for as long as a synchronous standby is missing.
 * Deliveries wait in a queue; each call of {@link #advance} brings a snapshot and lets go, in
 * order, what that snapshot sees. The first transaction that it does not see holds back everything
 * behind it.
 *
 * <p><b>When the wait is over</b> the transaction is published early and is owed once more: it is
 * published again when a snapshot sees it. While anything is owed, later transactions that are not
 * visible are published early at once, since publishing twice is always right. What followed an
 * owed transaction, heartbeats and restart positions, stays behind it: only then do a heartbeat's
 * claim ("all before me is in force") and a restart ("all before me is published") hold. Of several
 * heartbeats or positions that wait behind the same transaction the last one stands for all.
 *
 * <p>When {@code maxOwed} transactions are owed nothing more is published early; the queue then
 * holds, which bounds memory.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock of the caller.
 */
public final class VisibilityBarrier<W, B, P> {

    private record Queued<W, B, P>(Delivery<W, B, P> delivery, long deliveredAt) {}

    /** An early publication and what followed it, up to the next one. */
    private static final class Owed<W, B, P> {
        final int transaction;
        final W work;
        final long deliveredAt;
        boolean settled;
        @Nullable B heartbeat;
        @Nullable P position;

        Owed(int transaction, W work, long deliveredAt) {
            this.transaction = transaction;
            this.work = work;
            this.deliveredAt = deliveredAt;
        }
    }

    private final Duration wait;
    private final int maxOwed;
    private final Deque<Queued<W, B, P>> queue = new ArrayDeque<>();
    private final Deque<Owed<W, B, P>> owed = new ArrayDeque<>();

    /**
     * @param wait how long a transaction is held back before it is published early
     * @param maxOwed early publications that may be owed at once; at least 1
     */
    public VisibilityBarrier(Duration wait, int maxOwed) {
        if (wait.isNegative() || maxOwed < 1) {
            throw new IllegalArgumentException("wait " + wait + ", maxOwed " + maxOwed);
        }
        this.wait = wait;
        this.maxOwed = maxOwed;
    }

    /** Takes what the log delivered next. */
    public void deliver(Delivery<W, B, P> delivery, long now) {
        queue.addLast(new Queued<>(delivery, now));
    }

    /** What may be done, given a snapshot. */
    public List<Step<W, B, P>> advance(Snapshot snapshot, long now) {
        var steps = new ArrayList<Step<W, B, P>>();
        publishAgain(snapshot, now, steps);
        while (!queue.isEmpty() && passes(queue.getFirst(), snapshot, now, steps)) {
            queue.removeFirst();
        }
        return steps;
    }

    /** Whether a delivery is held back, so that another snapshot is wanted soon. */
    public boolean isHolding() {
        return !queue.isEmpty();
    }

    /** Whether something was published early and is owed once more. */
    public boolean isOwing() {
        return !owed.isEmpty();
    }

    /**
     * Whether a snapshot sees all that was delivered and nothing is owed, so that a newer one would
     * say the same.
     */
    public boolean isSeenBy(Snapshot snapshot) {
        return owed.isEmpty()
                && queue.stream()
                        .allMatch(queued ->
                                !(queued.delivery()
                                                instanceof
                                                Delivery.Changes<W, B, P>(int transaction, _))
                                        || snapshot.sees(snapshot.extend(transaction)));
    }

    private boolean passes(
            Queued<W, B, P> queued, Snapshot snapshot, long now, List<Step<W, B, P>> steps) {
        return switch (queued.delivery()) {
            case Delivery.Changes<W, B, P>(int transaction, W work) -> {
                if (snapshot.sees(snapshot.extend(transaction))) {
                    steps.add(publication(work, Timing.VISIBLE, queued.deliveredAt(), now));
                    yield true;
                }
                if (!mayPublishEarly(now - queued.deliveredAt())) {
                    yield false;
                }
                steps.add(publication(work, Timing.EARLY, queued.deliveredAt(), now));
                owed.addLast(new Owed<>(transaction, work, queued.deliveredAt()));
                yield true;
            }
            case Delivery.Beat<W, B, P>(B heartbeat) -> {
                if (owed.isEmpty()) {
                    steps.add(new Step.Forward<>(heartbeat));
                } else {
                    owed.getLast().heartbeat = heartbeat;
                }
                yield true;
            }
            case Delivery.End<W, B, P>(P position) -> {
                if (owed.isEmpty()) {
                    steps.add(new Step.Advance<>(position));
                } else {
                    owed.getLast().position = position;
                }
                yield true;
            }
        };
    }

    private boolean mayPublishEarly(long waited) {
        if (owed.size() >= maxOwed) {
            return false;
        }
        return !owed.isEmpty() || waited >= wait.toNanos();
    }

    private void publishAgain(Snapshot snapshot, long now, List<Step<W, B, P>> steps) {
        for (Owed<W, B, P> early : owed) {
            if (!early.settled && snapshot.sees(snapshot.extend(early.transaction))) {
                early.settled = true;
                steps.add(publication(early.work, Timing.AGAIN, early.deliveredAt, now));
            }
        }
        while (!owed.isEmpty() && owed.getFirst().settled) {
            Owed<W, B, P> settled = owed.removeFirst();
            if (settled.heartbeat != null) {
                steps.add(new Step.Forward<>(settled.heartbeat));
            }
            if (settled.position != null) {
                steps.add(new Step.Advance<>(settled.position));
            }
        }
    }

    private Step<W, B, P> publication(W work, Timing timing, long deliveredAt, long now) {
        return new Step.Publish<>(work, timing, Duration.ofNanos(now - deliveredAt));
    }
}
