package io.freshet.engine.read;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.log.EntryRegistry;
import io.freshet.engine.read.LoadObserver.Uncached;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.NearTier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Brings a value that was read from a source into the store, unless it was invalidated since.
 *
 * <p>Phases: registered and acknowledged, judged again at the position P reached by then, written
 * with P as its stamp. The store refuses it when an eviction above P has begun; then P is awaited,
 * and it is judged and written once more. So a slow load is refused only when it was invalidated.
 *
 * <p>Failure modes: no acknowledgement, no store, no end of refusals: the value is answered and not
 * cached.
 */
final class Filler {

    /** What became of a fill. */
    sealed interface Filled {

        /** It was true up to {@code stamp}; {@code cached} says whether the store holds it. */
        record True(Entry entry, boolean cached) implements Filled {}

        /** It was true, and there is no room for it. */
        record NoRoom(Entry entry) implements Filled {}

        /** An invalidation later than its stamp matches it: it must be loaded again. */
        record Overtaken() implements Filled {}
    }

    private static final int MAX_WRITES = 3;
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    private final LogView view;
    private final EntryRegistry registry;
    private final EntryStore store;
    private final NearTier near;
    private final Timer timer;
    private final Executor executor;
    private final LoadObserver observer;

    Filler(
            LogView view,
            EntryRegistry registry,
            EntryStore store,
            NearTier near,
            Timer timer,
            Executor executor,
            LoadObserver observer) {
        this.view = view;
        this.registry = registry;
        this.store = store;
        this.near = near;
        this.timer = timer;
        this.executor = executor;
        this.observer = observer;
    }

    /**
     * Registers and writes.
     *
     * @param entry stamped with the position noted before its source was read
     */
    CompletionStage<Filled> fill(Namespace namespace, EntryKey key, Entry entry) {
        EntryHeader header = entry.header();
        if (view.isOvertaken(namespace, key, header.tags(), header.stamp())) {
            return overtaken(namespace);
        }
        var registration =
                new Registration(
                        namespace, key, header.stamp(), header.tags(), header.hardExpiry());
        return registry.register(registration)
                .handleAsync(
                        (_, failure) ->
                                failure == null
                                        ? write(namespace, key, entry, MAX_WRITES)
                                        : uncached(namespace, entry, Uncached.UNREGISTERED),
                        executor)
                .thenCompose(stage -> stage);
    }

    /** Judges what is not to be kept. */
    CompletionStage<Filled> passOn(Namespace namespace, EntryKey key, Entry entry) {
        EntryHeader header = entry.header();
        return view.isOvertaken(namespace, key, header.tags(), header.stamp())
                ? overtaken(namespace)
                : CompletableFuture.completedFuture(new Filled.True(entry, false));
    }

    private CompletionStage<Filled> write(
            Namespace namespace, EntryKey key, Entry entry, int writesLeft) {
        LogPosition at = view.position(namespace, key);
        EntryHeader header = entry.header();
        if (view.isOvertaken(namespace, key, header.tags(), header.stamp())) {
            return overtaken(namespace);
        }
        Entry restamped =
                new Entry(header.withStamp(Stamp.max(header.stamp(), at.stamp())), entry.value());
        return store.fill(namespace, key, restamped)
                .handle((outcome, failure) ->
                        failure == null
                                ? judge(namespace, key, restamped, outcome, writesLeft)
                                : uncached(namespace, restamped, Uncached.STORE_UNAVAILABLE))
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Filled> judge(
            Namespace namespace, EntryKey key, Entry entry, FillOutcome outcome, int writesLeft) {
        return switch (outcome) {
            case FillOutcome.Stored() -> cached(namespace, key, entry);
            case FillOutcome.Superseded() -> cached(namespace, key, entry);
            case FillOutcome.Full() -> {
                observer.uncached(namespace, Uncached.FULL);
                yield CompletableFuture.completedFuture(new Filled.NoRoom(entry));
            }
            case FillOutcome.Uninitialised() -> uncached(namespace, entry, Uncached.UNINITIALISED);
            case FillOutcome.Refused(var begun) -> {
                observer.refused(namespace);
                yield writesLeft <= 1
                        ? uncached(namespace, entry, Uncached.REFUSED)
                        : writeOnceAt(begun, namespace, key, entry, writesLeft - 1);
            }
        };
    }

    private CompletionStage<Filled> writeOnceAt(
            Stamp begun, Namespace namespace, EntryKey key, Entry entry, int writesLeft) {
        int partition = view.partitionOf(namespace, key);
        return timer.within(CATCH_UP, view.reached(partition, begun))
                .thenComposeAsync(_ -> write(namespace, key, entry, writesLeft), executor);
    }

    private CompletionStage<Filled> cached(Namespace namespace, EntryKey key, Entry entry) {
        near.put(namespace, key, entry);
        return CompletableFuture.completedFuture(new Filled.True(entry, true));
    }

    private CompletionStage<Filled> uncached(Namespace namespace, Entry entry, Uncached reason) {
        observer.uncached(namespace, reason);
        return CompletableFuture.completedFuture(new Filled.True(entry, false));
    }

    private CompletionStage<Filled> overtaken(Namespace namespace) {
        observer.overtaken(namespace);
        return CompletableFuture.completedFuture(new Filled.Overtaken());
    }
}
