package io.freshet.engine.freshness;

import io.freshet.contracts.position.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Those who wait for a partition to be consumed up to some position. */
final class PositionWaiters {

    private record Waiter(Stamp position, CompletableFuture<Void> done) {}

    private final List<Waiter> waiting = new ArrayList<>();
    private volatile boolean anyone;

    /**
     * Waits; asks {@code now} again once enrolled, so that a position that is reached meanwhile is
     * not missed.
     */
    CompletionStage<Void> await(Stamp position, Supplier<Stamp> now) {
        var waiter = new Waiter(position, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(waiter);
            anyone = true;
        }
        reached(now.get());
        return waiter.done;
    }

    void reached(Stamp position) {
        if (!anyone) {
            return;
        }
        var done = new ArrayList<Waiter>();
        synchronized (waiting) {
            waiting.removeIf(waiter -> {
                boolean reached = waiter.position.compareTo(position) <= 0;
                if (reached) {
                    done.add(waiter);
                }
                return reached || waiter.done.isDone();
            });
            anyone = !waiting.isEmpty();
        }
        done.forEach(waiter -> waiter.done.complete(null));
    }
}
