package io.freshet.engine.read;

import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.InboxProgress;
import io.freshet.engine.log.Watermarks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Knows from the log what is in force here: invalidations by the inbox position that the log
 * brought, commits by the watermark that heartbeats carry.
 */
final class LogArrival implements Arrival, InvalidationPath.Enforcement {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LogView view;
    private final InboxProgress progress;
    private final Watermarks watermarks;
    private final String database;
    private final Timer timer;
    private final Executor executor;

    /**
     * @param database the source whose LSNs readers name
     */
    LogArrival(
            LogView view,
            InboxProgress progress,
            Watermarks watermarks,
            String database,
            Timer timer,
            Executor executor) {
        this.view = view;
        this.progress = progress;
        this.watermarks = watermarks;
        this.database = database;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Boolean> of(Namespace namespace, EntryKey key, ReadOptions options) {
        int partition = view.partitionOf(namespace, key);
        Lsn minLsn = options.minLsn();
        if (minLsn != null && !isPast(minLsn, partition)) {
            return CompletableFuture.completedStage(false);
        }
        InboxPosition after = options.after();
        return after == null
                ? CompletableFuture.completedStage(true)
                : inForce(after, p -> p == partition);
    }

    @Override
    public CompletionStage<Boolean> of(InboxPosition token, Target target) {
        return switch (target) {
            case Target.OfKey(var namespace, var key) -> {
                int partition = view.partitionOf(namespace, key);
                yield inForce(token, p -> p == partition);
            }
            case Target.OfKeys(var namespace, var keys) -> {
                Set<Integer> ofKeys =
                        keys.stream()
                                .map(key -> view.partitionOf(namespace, key))
                                .collect(Collectors.toSet());
                yield inForce(token, ofKeys::contains);
            }
            case Target.OfTag _, Target.OfPattern _, Target.OfNamespace _ ->
                    inForce(token, _ -> true);
        };
    }

    private boolean isPast(Lsn lsn, int partition) {
        return watermarks
                .watermark(database, partition)
                .filter(mark -> mark.lsn().compareTo(lsn) >= 0)
                .isPresent();
    }

    private CompletionStage<Boolean> inForce(InboxPosition token, IntPredicate partitions) {
        CompletableFuture<Void> reached = progress.reached(token, partitions);
        if (reached.isDone()) {
            return CompletableFuture.completedStage(!reached.isCompletedExceptionally());
        }
        return timer.within(PATIENCE, reached)
                .thenApplyAsync(
                        inTime -> {
                            reached.cancel(false);
                            return inTime;
                        },
                        executor);
    }
}
