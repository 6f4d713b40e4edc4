package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads: from this node's memory, from the store, through the source; each copy is judged
 * before it is answered.
 *
 * <p>The position is noted before the store is asked, and a copy taken into this node's memory
 * carries a stamp that was true of it: the position at its judgement where a source stands behind
 * the entry, else the one noted before, since then the store itself is the source.
 */
public final class ReadPath {

    private final Tiers tiers;
    private final EntryStore store;
    private final Arrival arrival;

    ReadPath(Tiers tiers, EntryStore store, Arrival arrival) {
        this.tiers = tiers;
        this.store = store;
        this.arrival = arrival;
    }

    /**
     * Reads.
     *
     * @param source null when the namespace has none
     */
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace, EntryKey key, @Nullable Source source, ReadOptions options) {
        if (!tiers.view().isReady()) {
            return CompletableFuture.completedStage(
                    new Lookup.Unavailable(Lookup.Reason.NOT_READY, null));
        }
        if (options.after() == null && options.minLsn() == null) {
            return Read.of(tiers, namespace, key, source, options).withinWindow();
        }
        return arrival.of(namespace.name(), key, options)
                .thenCompose(arrived -> {
                    Read read = Read.of(tiers, namespace, key, source, options);
                    return arrived ? read.withinWindow() : read.pastTheCache();
                });
    }

    /**
     * Reads many keys, of which those that this node's memory does not answer go to the store
     * together. The answers stand in the order of the keys.
     *
     * @param source null when the namespace has none
     */
    public CompletionStage<List<Lookup>> getAll(
            NamespaceConfig namespace, List<EntryKey> keys, @Nullable Source source) {
        var gathered = new GatheredReads(store);
        var together = new ReadPath(tiers.reading(gathered), store, arrival);
        List<CompletableFuture<Lookup>> lookups = new ArrayList<>(keys.size());
        for (EntryKey key : keys) {
            lookups.add(
                    together.get(namespace, key, source, ReadOptions.DEFAULT)
                            .toCompletableFuture());
        }
        gathered.go(namespace.name());
        return CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new))
                .thenApply(_ -> lookups.stream().map(CompletableFuture::join).toList());
    }

    /** Loads the key unless the store has it fresh. */
    public CompletionStage<WarmOutcome> warm(
            NamespaceConfig namespace, EntryKey key, Source source) {
        return Read.of(tiers, namespace, key, source, ReadOptions.DEFAULT)
                .fromStore()
                .thenCompose(found ->
                        found != null && found.isFresh()
                                ? CompletableFuture.completedStage(WarmOutcome.PRESENT)
                                : tiers.loads()
                                        .load(namespace, key, source, createdOf(found))
                                        .thenApply(ReadPath::warmed));
    }

    private static @Nullable Instant createdOf(@Nullable Judged found) {
        return found == null ? null : found.entry().header().created();
    }

    /** Whether the store holds a fresh value for the key; false when it cannot be asked. */
    CompletionStage<Boolean> isPresent(NamespaceConfig namespace, EntryKey key) {
        return Read.of(tiers, namespace, key, null, ReadOptions.DEFAULT)
                .fromStore()
                .handle((found, failure) -> failure == null && isValue(found));
    }

    /**
     * Whether what the store held was a fresh value.
     *
     * @param noted the position before the store was asked
     */
    boolean isPresent(
            NamespaceConfig namespace, EntryKey key, StoredEntry stored, LogPosition noted) {
        return isValue(tiers.judge().of(namespace, key, stored, noted));
    }

    private static boolean isValue(@Nullable Judged found) {
        return found != null
                && found.verdict() != Verdict.STALE
                && found.age().isWithinTtl()
                && found.entry().header().kind() != EntryHeader.Kind.ABSENT;
    }

    private static WarmOutcome warmed(LoadResult result) {
        return switch (result) {
            case LoadResult.Failed _ -> WarmOutcome.FAILED;
            case LoadResult.Done(_, boolean cached) when !cached -> WarmOutcome.FAILED;
            case LoadResult.Done(var entry, _) ->
                    switch (entry.header().kind()) {
                        case VALUE, LIST, SET, HASH, COUNTER -> WarmOutcome.LOADED;
                        case ABSENT -> WarmOutcome.ABSENT;
                    };
            case LoadResult.Shared _ -> WarmOutcome.PRESENT;
        };
    }
}
