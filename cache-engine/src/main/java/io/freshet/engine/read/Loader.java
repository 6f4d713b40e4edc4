package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Lookup;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reads a source for one key and fills the cache with what it says: stamps before it reads, loads
 * again what was overtaken, and gives up caching after {@value #MAX_LOADS} loads, not answering.
 */
final class Loader {

    static final int MAX_LOADS = 3;

    private final LogView view;
    private final Filler filler;
    private final EntryFactory entries;
    private final LoadObserver observer;

    Loader(LogView view, Filler filler, EntryFactory entries, LoadObserver observer) {
        this.view = view;
        this.filler = filler;
        this.entries = entries;
        this.observer = observer;
    }

    Instant now() {
        return entries.now();
    }

    /** A load that begins now; its source is read after {@link #run}. */
    Load begin(NamespaceConfig namespace, EntryKey key, Source source, Stamp stamp) {
        return new Load(namespace, key, source, stamp, entries.now());
    }

    /** Runs a load to its end. */
    CompletionStage<LoadResult> run(Load load) {
        return attempt(load, MAX_LOADS);
    }

    private CompletionStage<LoadResult> attempt(Load load, int loadsLeft) {
        Stamp stamp = view.position(load.namespace().name(), load.key()).stamp();
        load.stampedAt(stamp);
        Instant started = entries.now();
        return load.source()
                .load(load.key())
                .handle((loaded, failure) ->
                        failure == null
                                ? fill(load, stamp, started, loaded, loadsLeft)
                                : CompletableFuture.completedStage(failed(failure)))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<LoadResult> fill(
            Load load, Stamp stamp, Instant started, Loaded loaded, int loadsLeft) {
        Duration took = Duration.between(started, entries.now());
        observer.loaded(load.namespace().name(), took);
        Entry entry = entries.of(load.namespace(), load.key(), loaded, stamp, took);
        CompletionStage<Filler.Filled> fill =
                isLasting(entry)
                        ? filler.fill(load.namespace().name(), load.key(), entry)
                        : filler.passOn(load.namespace().name(), load.key(), entry);
        return fill.thenCompose(filled ->
                switch (filled) {
                    case Filler.Filled.True(var verified, var cached) ->
                            CompletableFuture.completedStage(new LoadResult.Done(verified, cached));
                    case Filler.Filled.NoRoom(var verified) ->
                            CompletableFuture.completedStage(new LoadResult.Done(verified, false));
                    case Filler.Filled.Overtaken() ->
                            loadsLeft > 1 ? attempt(load, loadsLeft - 1) : giveUp(load, entry);
                });
    }

    /** Whether there is a time for which it may be kept. */
    private static boolean isLasting(Entry entry) {
        EntryHeader header = entry.header();
        return header.hardExpiry().isAfter(header.created());
    }

    private CompletionStage<LoadResult> giveUp(Load load, Entry entry) {
        observer.uncached(load.namespace().name(), LoadObserver.Uncached.OVERTAKEN);
        return CompletableFuture.completedStage(new LoadResult.Done(entry, false));
    }

    private static LoadResult failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException e && e.getCause() != null
                        ? e.getCause()
                        : failure;
        if (cause instanceof SourceException e) {
            return new LoadResult.Failed(
                    switch (e.reason()) {
                        case TIMEOUT -> Lookup.Reason.SOURCE_TIMEOUT;
                        case UNAVAILABLE -> Lookup.Reason.SOURCE_UNAVAILABLE;
                        case REJECTED -> Lookup.Reason.KEY_REJECTED;
                    },
                    e.getMessage());
        }
        throw new CompletionException(cause);
    }

    /** One load in progress, which several callers may share. */
    static final class Load {

        private final NamespaceConfig namespace;
        private final EntryKey key;
        private final Source source;
        private final Instant begunAt;
        private volatile Stamp stamp;

        private Load(
                NamespaceConfig namespace,
                EntryKey key,
                Source source,
                Stamp stamp,
                Instant begunAt) {
            this.namespace = namespace;
            this.key = key;
            this.source = source;
            this.stamp = stamp;
            this.begunAt = begunAt;
        }

        NamespaceConfig namespace() {
            return namespace;
        }

        EntryKey key() {
            return key;
        }

        Source source() {
            return source;
        }

        Instant begunAt() {
            return begunAt;
        }

        /** The position noted before the source was, or will be, read. */
        Stamp stamp() {
            return stamp;
        }

        void stampedAt(Stamp noted) {
            stamp = noted;
        }
    }
}
