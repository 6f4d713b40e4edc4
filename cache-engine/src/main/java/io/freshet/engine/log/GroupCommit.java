package io.freshet.engine.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends items to partitions, those together that come while an earlier send to their partition is
 * under way. Thread-safe, without a thread of its own.
 *
 * <p>Nobody waits for company: what finds its partition idle goes at once, and what does not would
 * have waited for the broker anyway (group commit; DeWitt et al., 1984). So the busier a partition
 * is, the fewer records and requests an item costs.
 *
 * <p>Failure modes: an item that has not been acknowledged in time fails, whether it was under way
 * or still waited, and may arrive all the same.
 */
final class GroupCommit<T> {

    /** Sends items to a partition, as one; done when they are acknowledged. */
    @FunctionalInterface
    interface Sender<T> {

        CompletionStage<?> send(int partition, List<T> items);
    }

    private final Sender<T> sender;
    private final ToIntFunction<T> weight;
    private final int maxWeight;
    private final Duration timeout;
    private final List<Lane> lanes;

    /**
     * @param weight of an item
     * @param maxWeight of items that go together; a heavier one goes alone
     * @param timeout of an item, from when the first was added of those that it goes with
     */
    GroupCommit(
            int partitions,
            Sender<T> sender,
            ToIntFunction<T> weight,
            int maxWeight,
            Duration timeout) {
        this.sender = sender;
        this.weight = weight;
        this.maxWeight = maxWeight;
        this.timeout = timeout;
        this.lanes = Stream.generate(Lane::new).limit(partitions).toList();
        for (int p = 0; p < partitions; p++) {
            lanes.get(p).partition = p;
        }
    }

    /** Sends an item, soon; done when it is acknowledged. */
    CompletionStage<Void> add(int partition, T item) {
        return lanes.get(partition).add(item);
    }

    private static final class Batch<T> {
        private final List<T> items = new ArrayList<>();
        private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        private int weight;
    }

    /** What goes to one partition. */
    private final class Lane {
        private final Deque<Batch<T>> waiting = new ArrayDeque<>();
        private int partition;
        private boolean isUnderWay;

        CompletionStage<Void> add(T item) {
            Batch<T> mine;
            boolean isIdle;
            synchronized (this) {
                mine = batchFor(weight.applyAsInt(item));
                mine.items.add(item);
                isIdle = !isUnderWay;
                isUnderWay = true;
            }
            if (isIdle) {
                sendNext();
            }
            return mine.acknowledged.minimalCompletionStage();
        }

        private Batch<T> batchFor(int added) {
            Batch<T> last = waiting.peekLast();
            if (last == null || last.weight + added > maxWeight) {
                last = new Batch<>();
                last.acknowledged.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
                waiting.addLast(last);
            }
            last.weight += added;
            return last;
        }

        private synchronized @Nullable Batch<T> next() {
            Batch<T> next = waiting.pollFirst();
            while (next != null && next.acknowledged.isDone()) {
                next = waiting.pollFirst();
            }
            isUnderWay = next != null;
            return next;
        }

        /** The next batch leaves before the dependents of this one run. */
        private void sendNext() {
            Batch<T> batch = next();
            if (batch != null) {
                var _ =
                        CompletableFuture.completedStage(batch.items)
                                .thenCompose(items -> sender.send(partition, items))
                                .whenComplete((_, failure) -> {
                                    sendNext();
                                    if (failure == null) {
                                        batch.acknowledged.complete(null);
                                    } else {
                                        batch.acknowledged.completeExceptionally(failure);
                                    }
                                });
            }
        }
    }
}
