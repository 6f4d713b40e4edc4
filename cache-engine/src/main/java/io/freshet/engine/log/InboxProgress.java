package io.freshet.engine.log;

import io.freshet.contracts.position.InboxPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

/**
 * How far the inbox has come through the log to this node: what a token of an invalidation is
 * waited for with.
 *
 * <p>Records that came by one inbox partition stand in its order in every log partition. So once a
 * log partition has brought a record by inbox partition i at or beyond an offset, whatever stands
 * before that offset in i and concerns the log partition was brought before; heartbeats, which go
 * everywhere, see to it that this comes soon.
 *
 * <p>Thread-safe, without a thread of its own: stages complete in the thread that calls {@link
 * #seen}, so their dependents must not block. Every waiter stands in one queue per log partition
 * that it waits for; the first of each queue is all that {@code seen} looks at.
 */
public final class InboxProgress {

    private static final int MAX_WAITERS = 10_000;

    private final int inboxPartitions;
    private final AtomicLongArray highest;
    private final List<PriorityQueue<Waiter>> waiters = new ArrayList<>();
    private final int maxWaiters;
    private int waiting;

    /**
     * @param logPartitions partitions of the log
     * @param inboxPartitions partitions of the inbox
     */
    public InboxProgress(int logPartitions, int inboxPartitions) {
        this(logPartitions, inboxPartitions, MAX_WAITERS);
    }

    InboxProgress(int logPartitions, int inboxPartitions, int maxWaiters) {
        this.inboxPartitions = inboxPartitions;
        this.maxWaiters = maxWaiters;
        long[] none = new long[logPartitions * inboxPartitions];
        Arrays.fill(none, -1);
        highest = new AtomicLongArray(none);
        for (int i = 0; i < none.length; i++) {
            waiters.add(new PriorityQueue<>(Comparator.comparingLong(waiter -> waiter.offset)));
        }
    }

    /**
     * Takes note of a record of a log partition. Positions that are not of this inbox are ignored.
     */
    public void seen(int logPartition, InboxPosition via) {
        if (via.partition() >= inboxPartitions) {
            return;
        }
        int cell = cell(logPartition, via.partition());
        if (highest.getAndAccumulate(cell, via.offset(), Math::max) < via.offset()) {
            release(cell, via.offset());
        }
    }

    /**
     * Waits for a place in the inbox to be in force.
     *
     * @param via what the invalidation answered
     * @param logPartitions those that it concerns
     * @return done once each of them has brought a record by that inbox partition at or beyond that
     *     offset; it never fails by itself but with {@link RejectedExecutionException}, when too
     *     many wait already, or with {@link IllegalArgumentException}, when there is no such inbox
     *     partition. A caller that gives up completes or cancels it, which frees its place.
     */
    public CompletableFuture<Void> reached(InboxPosition via, IntPredicate logPartitions) {
        if (via.partition() >= inboxPartitions) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("no such inbox partition: " + via));
        }
        Waiter waiter = new Waiter(via.offset());
        List<PriorityQueue<Waiter>> joined = new ArrayList<>();
        synchronized (waiters) {
            if (waiting >= maxWaiters) {
                return CompletableFuture.failedFuture(
                        new RejectedExecutionException(waiting + " wait for the log already"));
            }
            for (int p = 0; p < highest.length() / inboxPartitions; p++) {
                int cell = cell(p, via.partition());
                if (logPartitions.test(p) && highest.get(cell) < via.offset()) {
                    waiters.get(cell).add(waiter);
                    joined.add(waiters.get(cell));
                }
            }
            if (joined.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            waiter.missing = joined.size();
            waiting++;
        }
        var _ = waiter.done.whenComplete((_, _) -> leave(waiter, joined));
        return waiter.done;
    }

    private void release(int cell, long offset) {
        List<Waiter> released = new ArrayList<>();
        synchronized (waiters) {
            PriorityQueue<Waiter> queue = waiters.get(cell);
            for (Waiter first = queue.peek();
                    first != null && first.offset <= offset;
                    first = queue.peek()) {
                queue.remove();
                if (--first.missing == 0) {
                    released.add(first);
                }
            }
        }
        released.forEach(waiter -> waiter.done.complete(null));
    }

    private void leave(Waiter waiter, List<PriorityQueue<Waiter>> joined) {
        synchronized (waiters) {
            waiting--;
            if (waiter.missing > 0) {
                joined.forEach(queue -> queue.removeIf(other -> other == waiter));
            }
        }
    }

    private int cell(int logPartition, int inboxPartition) {
        return logPartition * inboxPartitions + inboxPartition;
    }

    private static final class Waiter {

        final long offset;
        final CompletableFuture<Void> done = new CompletableFuture<>();
        int missing;

        Waiter(long offset) {
            this.offset = offset;
        }
    }
}
