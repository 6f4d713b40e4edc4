package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.MissToken;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Source;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One read on its way through the tiers. The position is noted as it begins. A probe goes the same
 * way, and leaves nothing behind but what it makes the source load.
 *
 * @param source null when the namespace has none
 * @param inWindow whether this node knew enough of the log, when it began, to wait for what others
 *     load
 */
record Read(
        Tiers tiers,
        NamespaceConfig namespace,
        EntryKey key,
        @Nullable Source source,
        ReadOptions options,
        LogPosition noted,
        boolean inWindow) {

    static Read of(
            Tiers tiers,
            NamespaceConfig namespace,
            EntryKey key,
            @Nullable Source source,
            ReadOptions options) {
        LogPosition noted = tiers.view().position(namespace.name(), key);
        boolean inWindow = !tiers.window().isExceeded(namespace, noted.partition());
        return new Read(tiers, namespace, key, source, options, noted, inWindow);
    }

    /** From the cache where the consistency window allows, else as the namespace says. */
    CompletionStage<Lookup> withinWindow() {
        if (inWindow) {
            return fromMemory();
        }
        if (!options.probe()) {
            tiers.observer().outsideWindow(namespace.name());
        }
        return switch (namespace.onStale()) {
            case BYPASS -> source == null ? fromStoreOnly() : ofPrimary().onMiss(null);
            case SERVE_STALE -> ofPrimary().fromMemory().thenApply(Read::markedStale);
            case REFUSE ->
                    CompletableFuture.completedStage(
                            new Lookup.Unavailable(Lookup.Reason.WINDOW_EXCEEDED, null));
        };
    }

    /** The same, but what must be loaded is not older than this read. */
    private Read ofPrimary() {
        return source == null
                ? this
                : of(tiers, namespace, key, source.ofPrimary(), options).outsideWindow();
    }

    private Read outsideWindow() {
        return new Read(tiers, namespace, key, source, options, noted, false);
    }

    private static Lookup markedStale(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Hit(var entry, var tier, _, var freshAsOf) when tier != Tier.SOURCE ->
                    new Lookup.Hit(entry, tier, true, freshAsOf);
            case Lookup.Hit _, Lookup.Absent _, Lookup.Unavailable _ -> lookup;
        };
    }

    private CompletionStage<Lookup> fromMemory() {
        Entry copy = options.skipNear() ? null : copy();
        Age age = copy == null ? Age.GONE : tiers.ageing().of(namespace, key, copy.header());
        if (copy == null || !age.isWithinTtl()) {
            return fromStoreOnly();
        }
        if (tiers.view().judgeNear(namespace.name(), key, copy.header()) != Verdict.FRESH) {
            if (!options.probe()) {
                tiers.near().drop(namespace.name(), key);
            }
            return fromStoreOnly();
        }
        if (age == Age.DUE) {
            refresh(copy.header());
        }
        return CompletableFuture.completedStage(found(copy, Tier.L1, false));
    }

    private @Nullable Entry copy() {
        return options.probe()
                ? tiers.near().peek(namespace.name(), key)
                : tiers.near().get(namespace.name(), key);
    }

    private CompletionStage<Lookup> fromStoreOnly() {
        return fromStore()
                .handle((judged, failure) -> failure == null ? afterStore(judged) : withoutStore())
                .thenCompose(stage -> stage);
    }

    /** Null when there is nothing. */
    CompletionStage<@Nullable Judged> fromStore() {
        return tiers.store()
                .read(namespace.name(), key)
                .thenApply(stored -> tiers.judge().of(namespace, key, stored, noted));
    }

    /** Reads the source in a load of its own, which begins now. */
    CompletionStage<Lookup> pastTheCache() {
        return source == null
                ? CompletableFuture.completedStage(
                        new Lookup.Unavailable(Lookup.Reason.WINDOW_EXCEEDED, null))
                : tiers.loads().apart(namespace, key, source.ofPrimary()).thenApply(this::answered);
    }

    private CompletionStage<Lookup> afterStore(@Nullable Judged judged) {
        if (judged == null || judged.age() == Age.GONE) {
            return onMiss(judged);
        }
        if (judged.age() == Age.LAST_RESORT || judged.verdict() == Verdict.STALE) {
            return onMiss(judged);
        }
        if (mayCopy(judged)) {
            tiers.near().put(namespace.name(), key, judged.entry());
        }
        if (!judged.isFresh() || judged.age() == Age.DUE) {
            refresh(judged.entry().header());
        }
        return CompletableFuture.completedStage(found(judged.entry(), Tier.L2, !judged.isFresh()));
    }

    private boolean mayCopy(Judged judged) {
        return judged.isFresh()
                && !judged.entry().header().kind().isStructure()
                && !options.probe();
    }

    private CompletionStage<Lookup> withoutStore() {
        return source == null
                ? CompletableFuture.completedStage(
                        new Lookup.Unavailable(Lookup.Reason.STORE_UNAVAILABLE, null))
                : onMiss(null);
    }

    /** Loads, unless the caller will; what cannot be loaded may still be what was found. */
    private CompletionStage<Lookup> onMiss(@Nullable Judged found) {
        if (source == null || options.onlyIfCached()) {
            return CompletableFuture.completedStage(
                    new Lookup.Absent(Tier.L2, new MissToken(noted)));
        }
        CompletionStage<LoadResult> load =
                inWindow
                        ? tiers.loads().load(namespace, key, source, createdOf(found))
                        : tiers.loads().withoutLease(namespace, key, source);
        return load.thenApply(result ->
                isFailure(result) && found != null && isLastResort(found)
                        ? found(found.entry(), Tier.L2, true)
                        : answered(result));
    }

    private static @Nullable Instant createdOf(@Nullable Judged found) {
        return found == null ? null : found.entry().header().created();
    }

    private boolean isLastResort(Judged found) {
        return tiers.judge().isLastResort(namespace, key, found);
    }

    private static boolean isFailure(LoadResult result) {
        return result instanceof LoadResult.Failed(var reason, _)
                && reason != Lookup.Reason.KEY_REJECTED;
    }

    private void refresh(EntryHeader seen) {
        if (source != null && !options.probe()) {
            tiers.loads().refresh(namespace, key, source, seen.created());
        }
    }

    private Lookup answered(LoadResult result) {
        return switch (result) {
            case LoadResult.Done(var entry, _) -> found(entry, Tier.SOURCE, false);
            case LoadResult.Shared(var entry) -> found(entry, Tier.L2, false);
            case LoadResult.Failed(var reason, var detail) ->
                    new Lookup.Unavailable(reason, detail);
        };
    }

    private Lookup found(Entry entry, Tier tier, boolean stale) {
        var freshAsOf = new LogPosition(noted.partition(), entry.header().stamp());
        return switch (entry.header().kind()) {
            case VALUE -> new Lookup.Hit(entry, tier, stale, freshAsOf);
            case ABSENT -> new Lookup.Absent(tier, new MissToken(noted));
            case LIST, SET, HASH, COUNTER -> Lookup.Unavailable.ofStructure(entry.header().kind());
        };
    }
}
