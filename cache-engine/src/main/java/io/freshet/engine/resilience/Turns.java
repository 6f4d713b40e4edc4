package io.freshet.engine.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of turns and a bounded queue for them, in order. Thread-safe; nobody blocks,
 * which is why it is not resilience4j's bulkhead: that holds a thread for each who waits.
 */
final class Turns {

    /** One who waits. */
    private static final class Waiter {

        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
    }

    private final int places;
    private final int queue;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int taken;

    Turns(int places, int queue) {
        this.places = places;
        this.queue = queue;
    }

    /** Takes a turn that is free; who gets it gives it back. */
    synchronized boolean take() {
        if (taken == places) {
            return false;
        }
        taken++;
        return true;
    }

    /**
     * Waits for a turn.
     *
     * @return whether there was one in time; null when the queue is full
     */
    @Nullable CompletionStage<Boolean> await(Duration patience) {
        var waiter = new Waiter();
        synchronized (this) {
            if (taken < places) {
                taken++;
                return CompletableFuture.completedStage(true);
            }
            if (waiting.size() >= queue) {
                return null;
            }
            waiting.add(waiter);
        }
        return waiter.turn
                .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((granted, _) -> {
                    if (!granted) {
                        leave(waiter);
                    }
                });
    }

    /** Gives a turn back: to the first who still waits, if anybody does. */
    void giveBack() {
        Waiter next;
        do {
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    taken--;
                    return;
                }
            }
        } while (!next.turn.complete(true));
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void leave(Waiter waiter) {
        waiting.remove(waiter);
    }
}
