package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.Lookup;
import io.freshet.engine.Lookup.Tier;
import io.freshet.engine.MissToken;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Source;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.NearTier;
import io.freshet.engine.store.StoredEntry;
import java.time.InstantSource;
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

    private final LogView view;
    private final NearTier near;
    private final EntryStore store;
    private final Coalescer loads;
    private final Arrival arrival;
    private final Window window;
    private final InstantSource clock;
    private final LoadObserver observer;

    ReadPath(
            LogView view,
            NearTier near,
            EntryStore store,
            Coalescer loads,
            Arrival arrival,
            Window window,
            InstantSource clock,
            LoadObserver observer) {
        this.view = view;
        this.near = near;
        this.store = store;
        this.loads = loads;
        this.arrival = arrival;
        this.window = window;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Reads.
     *
     * @param source null when the namespace has none
     */
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace, EntryKey key, @Nullable Source source, ReadOptions options) {
        if (!view.isReady()) {
            return CompletableFuture.completedStage(
                    new Lookup.Unavailable(Lookup.Reason.NOT_READY, null));
        }
        var read = new Read(namespace, key, source, options);
        if (options.after() == null && options.minLsn() == null) {
            return read.withinWindow();
        }
        return arrival.of(namespace.name(), key, options)
                .thenCompose(arrived -> arrived ? read.withinWindow() : read.pastTheCache());
    }

    /** Loads the key unless the store has it fresh. */
    public CompletionStage<WarmOutcome> warm(
            NamespaceConfig namespace, EntryKey key, Source source) {
        var read = new Read(namespace, key, source, ReadOptions.DEFAULT);
        return read.fromStore()
                .thenCompose(found ->
                        found != null && found.verdict == Verdict.FRESH
                                ? CompletableFuture.completedStage(WarmOutcome.PRESENT)
                                : loads.load(namespace, key, source).thenApply(ReadPath::warmed));
    }

    /** Whether the store holds a fresh value for the key; false when it cannot be asked. */
    CompletionStage<Boolean> isPresent(NamespaceConfig namespace, EntryKey key) {
        return new Read(namespace, key, null, ReadOptions.DEFAULT)
                .fromStore()
                .handle((found, failure) ->
                        failure == null
                                && found != null
                                && found.verdict != Verdict.STALE
                                && found.entry.header().kind() == EntryHeader.Kind.VALUE);
    }

    private static WarmOutcome warmed(LoadResult result) {
        return switch (result) {
            case LoadResult.Failed _ -> WarmOutcome.FAILED;
            case LoadResult.Done(_, boolean cached) when !cached -> WarmOutcome.FAILED;
            case LoadResult.Done(var entry, _) ->
                    switch (entry.header().kind()) {
                        case VALUE -> WarmOutcome.LOADED;
                        case ABSENT -> WarmOutcome.ABSENT;
                    };
        };
    }

    private record Judged(Entry entry, Verdict verdict) {}

    /** One read on its way through the tiers. */
    private final class Read {

        private final NamespaceConfig namespace;
        private final EntryKey key;
        private final @Nullable Source source;
        private final ReadOptions options;
        private final LogPosition noted;

        Read(
                NamespaceConfig namespace,
                EntryKey key,
                @Nullable Source source,
                ReadOptions options) {
            this.namespace = namespace;
            this.key = key;
            this.source = source;
            this.options = options;
            this.noted = view.position(namespace.name(), key);
        }

        /** From the cache where the consistency window allows, else as the namespace says. */
        CompletionStage<Lookup> withinWindow() {
            if (!window.isExceeded(namespace, noted.partition())) {
                return fromMemory();
            }
            observer.outsideWindow(namespace.name());
            return switch (namespace.onStale()) {
                case BYPASS -> source == null ? fromStoreOnly() : ofPrimary().onMiss();
                case SERVE_STALE -> ofPrimary().fromMemory().thenApply(Read::markedStale);
                case REFUSE ->
                        CompletableFuture.completedStage(
                                new Lookup.Unavailable(Lookup.Reason.WINDOW_EXCEEDED, null));
            };
        }

        /** The same, but what must be loaded is not older than this read. */
        private Read ofPrimary() {
            return source == null ? this : new Read(namespace, key, source.ofPrimary(), options);
        }

        private static Lookup markedStale(Lookup lookup) {
            return switch (lookup) {
                case Lookup.Hit(var entry, var tier, _, var freshAsOf) when tier != Tier.SOURCE ->
                        new Lookup.Hit(entry, tier, true, freshAsOf);
                case Lookup.Hit _, Lookup.Absent _, Lookup.Unavailable _ -> lookup;
            };
        }

        CompletionStage<Lookup> fromMemory() {
            Entry copy = options.skipNear() ? null : near.get(namespace.name(), key);
            if (copy != null && isAlive(copy)) {
                if (view.judgeNear(namespace.name(), key, copy.header()) == Verdict.FRESH) {
                    return CompletableFuture.completedStage(found(copy, Tier.L1, false));
                }
                near.drop(namespace.name(), key);
            }
            return fromStoreOnly();
        }

        private CompletionStage<Lookup> fromStoreOnly() {
            return fromStore()
                    .handle((judged, failure) ->
                            failure == null ? afterStore(judged) : withoutStore())
                    .thenCompose(stage -> stage);
        }

        /** Null when there is nothing, or nothing that is still alive. */
        CompletionStage<@Nullable Judged> fromStore() {
            return store.read(namespace.name(), key).thenApply(this::judge);
        }

        /** Reads the source in a load of its own, which begins now. */
        CompletionStage<Lookup> pastTheCache() {
            return source == null
                    ? CompletableFuture.completedStage(
                            new Lookup.Unavailable(Lookup.Reason.WINDOW_EXCEEDED, null))
                    : loads.apart(namespace, key, source.ofPrimary()).thenApply(this::answered);
        }

        private @Nullable Judged judge(StoredEntry stored) {
            Entry entry = stored.entry();
            if (entry == null || !isAlive(entry)) {
                return null;
            }
            LogPosition at = view.position(namespace.name(), key);
            Verdict verdict =
                    view.judgeStored(namespace.name(), key, entry.header(), stored.marker());
            LogPosition trueAt = namespace.source() == null ? noted : at;
            return verdict == Verdict.FRESH
                    ? new Judged(
                            new Entry(entry.header().withStamp(trueAt.stamp()), entry.value()),
                            verdict)
                    : new Judged(entry, verdict);
        }

        private CompletionStage<Lookup> afterStore(@Nullable Judged judged) {
            if (judged == null || judged.verdict == Verdict.STALE) {
                return onMiss();
            }
            if (judged.verdict == Verdict.FRESH) {
                near.put(namespace.name(), key, judged.entry);
                return CompletableFuture.completedStage(found(judged.entry, Tier.L2, false));
            }
            refresh();
            return CompletableFuture.completedStage(found(judged.entry, Tier.L2, true));
        }

        private CompletionStage<Lookup> withoutStore() {
            return source == null
                    ? CompletableFuture.completedStage(
                            new Lookup.Unavailable(Lookup.Reason.STORE_UNAVAILABLE, null))
                    : onMiss();
        }

        private CompletionStage<Lookup> onMiss() {
            return source == null || options.onlyIfCached()
                    ? CompletableFuture.completedStage(
                            new Lookup.Absent(Tier.L2, new MissToken(noted)))
                    : loads.load(namespace, key, source).thenApply(this::answered);
        }

        private void refresh() {
            if (source != null) {
                loads.load(namespace, key, source);
            }
        }

        private Lookup answered(LoadResult result) {
            return switch (result) {
                case LoadResult.Done(var entry, _) -> found(entry, Tier.SOURCE, false);
                case LoadResult.Failed(var reason, var detail) ->
                        new Lookup.Unavailable(reason, detail);
            };
        }

        private Lookup found(Entry entry, Tier tier, boolean stale) {
            var freshAsOf = new LogPosition(noted.partition(), entry.header().stamp());
            return switch (entry.header().kind()) {
                case VALUE -> new Lookup.Hit(entry, tier, stale, freshAsOf);
                case ABSENT -> new Lookup.Absent(tier, new MissToken(noted));
            };
        }

        private boolean isAlive(Entry entry) {
            return entry.header().hardExpiry().isAfter(clock.instant());
        }
    }
}
