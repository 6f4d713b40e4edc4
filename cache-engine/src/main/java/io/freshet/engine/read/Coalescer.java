package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets identical misses of this node share one load, and never answers a caller with a load that
 * was invalidated before the caller came.
 *
 * <p>A caller that joins at position j may have the result only if no matching invalidation lies
 * between the load's stamp and j. The load's tags are known only at its end, so that is judged
 * again then; who may not have it loads anew. While the log is late its positions tell little: so
 * nobody joins a load that may have read its source before the namespace's consistency window. And
 * who asks for the primary does not join a load that a standby may answer: those are two sources.
 * Nor does who is outside the window join a load that may wait for another node's: what that brings
 * is judged by what is known of the log here.
 */
class Coalescer {

    record Id(Namespace namespace, EntryKey key, Source source, boolean leased) {}

    private record Running(Load load, CompletableFuture<LoadResult> result) {}

    private final LogView view;
    private final Loader loader;
    private final LeasedLoads leased;
    private final Map<Id, Running> running = new ConcurrentHashMap<>();

    Coalescer(LogView view, Loader loader, LeasedLoads leased) {
        this.view = view;
        this.loader = loader;
        this.leased = leased;
    }

    /**
     * Loads, or waits for whoever in the cluster does.
     *
     * @param seen when the entry was created that is to be replaced; null when there was none
     */
    CompletionStage<LoadResult> load(
            NamespaceConfig namespace, EntryKey key, Source source, @Nullable Instant seen) {
        var id = new Id(namespace.name(), key, source, true);
        return load(id, namespace, load -> leased.run(load, seen));
    }

    /** Loads, or waits for whoever in this node does. */
    CompletionStage<LoadResult> withoutLease(
            NamespaceConfig namespace, EntryKey key, Source source) {
        return load(new Id(namespace.name(), key, source, false), namespace, loader::run);
    }

    /** As {@link #load}, while the caller goes on; nothing is done when one is under way. */
    void refresh(NamespaceConfig namespace, EntryKey key, Source source, Instant seen) {
        if (!running.containsKey(new Id(namespace.name(), key, source, true))) {
            load(namespace, key, source, seen);
        }
    }

    /** Loads for this caller alone. */
    CompletionStage<LoadResult> apart(NamespaceConfig namespace, EntryKey key, Source source) {
        Stamp stamp = view.position(namespace.name(), key).stamp();
        return loader.run(loader.begin(namespace, key, source, stamp));
    }

    private CompletionStage<LoadResult> load(
            Id id, NamespaceConfig namespace, Function<Load, CompletionStage<LoadResult>> run) {
        Stamp joinedAt = view.position(id.namespace, id.key).stamp();
        Running mine = null;
        while (true) {
            Running shared = running.get(id);
            if (shared != null && isWithinWindow(shared.load) && mayJoin(id, shared.load)) {
                return shared.result.thenCompose(result ->
                        mayHave(id, result, joinedAt)
                                ? CompletableFuture.completedStage(result)
                                : load(id, namespace, run));
            }
            if (mine == null) {
                mine =
                        new Running(
                                loader.begin(namespace, id.key, id.source, joinedAt),
                                new CompletableFuture<>());
            }
            boolean entered =
                    shared == null
                            ? running.putIfAbsent(id, mine) == null
                            : running.replace(id, shared, mine);
            if (entered) {
                return begin(id, mine, run);
            }
        }
    }

    private CompletionStage<LoadResult> begin(
            Id id, Running mine, Function<Load, CompletionStage<LoadResult>> run) {
        run.apply(mine.load)
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
            case LoadResult.Done(var entry, _) -> mayHave(id, entry, joinedAt);
            case LoadResult.Shared(var entry) -> mayHave(id, entry, joinedAt);
        };
    }

    private boolean mayHave(Id id, Entry entry, Stamp joinedAt) {
        EntryHeader header = entry.header();
        return joinedAt.compareTo(header.stamp()) <= 0
                || !isOvertaken(id, header.tags(), header.stamp());
    }

    private boolean isOvertaken(Id id, Set<Tag> tags, Stamp stamp) {
        return view.isOvertaken(id.namespace, id.key, tags, stamp);
    }
}
