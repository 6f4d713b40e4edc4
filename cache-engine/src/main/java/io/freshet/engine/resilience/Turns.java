package io.freshet.engine.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of turns and a bounded queue for them, in order. Thread-safe; nobody blocks,
 * which is why it is not resilience4j's bulkhead: that holds a thread for each who waits.
 */
public final class Turns {

    /**
     * Who waited goes on in a thread of its own: one refusal must not call the next in its stack.
     */
    static final Executor NEXT = Thread::startVirtualThread;

    /** One who waits. */
    private static final class Waiter {

        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
    }

    private final int places;
    private final int queue;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int taken;

    public Turns(int places, int queue) {
        this.places = places;
        this.queue = queue;
    }

    /**
     * Makes a call when its turn has come.
     *
     * @param patience longest wait for the turn
     * @param call fails by its stage
     * @return fails with {@link RejectedExecutionException} when it was not made, since too many
     *     wait already or no turn came in time
     */
    public <T> CompletionStage<T> call(Duration patience, Supplier<CompletionStage<T>> call) {
        if (take()) {
            return inTurn(call);
        }
        CompletionStage<Boolean> turn = await(patience);
        return turn == null
                ? refuse("too many wait already")
                : turn.thenComposeAsync(
                        granted -> granted ? inTurn(call) : this.<T>refuse("no turn came in time"),
                        NEXT);
    }

    private <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> call) {
        return CompletableFuture.completedStage(call)
                .thenCompose(Supplier::get)
                .whenComplete((_, _) -> giveBack());
    }

    private <T> CompletionStage<T> refuse(String reason) {
        return CompletableFuture.failedStage(new RejectedExecutionException(reason));
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
