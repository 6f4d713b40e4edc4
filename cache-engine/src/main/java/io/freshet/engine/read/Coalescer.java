package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.Loader.Load;
import io.freshet.engine.source.Source;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets identical misses of this node share one load, and never answers a caller with a load that
 * was invalidated before the caller came.
 *
 * <p>A caller that joins at position j may have the result only if no matching invalidation lies
 * between the load's stamp and j. The load's tags are known only at its end, so that is judged
 * again then; who may not have it loads anew. While the log is late its positions tell little: so
 * nobody joins a load that may have read its source before the namespace's consistency window. And
 * who asks for the primary does not join a load that a standby may answer: those are two sources.
 */
class Coalescer {

    record Id(Namespace namespace, EntryKey key, Source source) {}

    private record Running(Load load, CompletableFuture<LoadResult> result) {}

    private final LogView view;
    private final Loader loader;
    private final Map<Id, Running> running = new ConcurrentHashMap<>();

    Coalescer(LogView view, Loader loader) {
        this.view = view;
        this.loader = loader;
    }

    CompletionStage<LoadResult> load(NamespaceConfig namespace, EntryKey key, Source source) {
        Stamp joinedAt = view.position(namespace.name(), key).stamp();
        var id = new Id(namespace.name(), key, source);
        Running shared = running.get(id);
        if (shared != null && isWithinWindow(shared.load) && mayJoin(id, shared.load)) {
            return shared.result.thenCompose(result ->
                    mayHave(id, result, joinedAt)
                            ? CompletableFuture.completedStage(result)
                            : load(namespace, key, source));
        }
        var mine =
                new Running(
                        loader.begin(namespace, key, source, joinedAt), new CompletableFuture<>());
        running.put(id, mine);
        loader.run(mine.load)
                .whenComplete((result, failure) -> {
                    running.remove(id, mine);
                    if (failure == null) {
                        mine.result.complete(result);
                    } else {
                        mine.result.completeExceptionally(failure);
                    }
                });
        return mine.result;
    }

    /** Loads for this caller alone. */
    CompletionStage<LoadResult> apart(NamespaceConfig namespace, EntryKey key, Source source) {
        Stamp stamp = view.position(namespace.name(), key).stamp();
        return loader.run(loader.begin(namespace, key, source, stamp));
    }

    private boolean isWithinWindow(Load load) {
        Instant begin = loader.now().minus(load.namespace().maxStaleness());
        return !load.begunAt().isBefore(begin);
    }

    boolean mayJoin(Id id, Load load) {
        return !isOvertaken(id, Set.of(), load.stamp());
    }

    boolean mayHave(Id id, LoadResult result, Stamp joinedAt) {
        return switch (result) {
            case LoadResult.Failed _ -> true;
            case LoadResult.Done(var entry, _) -> {
                EntryHeader header = entry.header();
                yield joinedAt.compareTo(header.stamp()) <= 0
                        || !isOvertaken(id, header.tags(), header.stamp());
            }
        };
    }

    private boolean isOvertaken(Id id, Set<Tag> tags, Stamp stamp) {
        return view.isOvertaken(id.namespace, id.key, tags, stamp);
    }
}
