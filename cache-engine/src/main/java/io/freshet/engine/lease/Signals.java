package io.freshet.engine.lease;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Those of this node who wait to hear that something has become free, by its name. Thread-safe. */
public final class Signals {

    /** By their number, for futures are not compared. */
    private final Map<String, Map<Long, CompletableFuture<Void>>> waiting =
            new ConcurrentHashMap<>();

    private final AtomicLong numbers = new AtomicLong();

    /**
     * Waits from now on.
     *
     * @return cancel it when nobody waits any more
     */
    public CompletableFuture<Void> await(String name) {
        var signal = new CompletableFuture<Void>();
        long number = numbers.incrementAndGet();
        waiting.compute(
                name,
                (_, others) -> {
                    Map<Long, CompletableFuture<Void>> all =
                            others == null ? new ConcurrentHashMap<>(2) : others;
                    all.put(number, signal);
                    return all;
                });
        var _ = signal.whenComplete((_, _) -> forget(name, number));
        return signal;
    }

    /** It has become free. */
    public void signal(String name) {
        Map<Long, CompletableFuture<Void>> told = waiting.remove(name);
        if (told != null) {
            told.values().forEach(signal -> signal.complete(null));
        }
    }

    /** Anything may have become free without being heard. */
    public void signalAll() {
        waiting.keySet().forEach(this::signal);
    }

    /** Names that somebody waits for. */
    int size() {
        return waiting.size();
    }

    private void forget(String name, long number) {
        waiting.computeIfPresent(
                name,
                (_, all) -> {
                    all.remove(number);
                    return all.isEmpty() ? null : all;
                });
    }
}
