package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.StalePolicy;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Found;
import io.freshet.engine.structure.Lifetime;
import io.freshet.engine.structure.Question;
import io.freshet.engine.structure.StructureStore;
import io.freshet.engine.structure.Structures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Structures of a node: each is judged by its sidecar, and changed by a {@link StructureWrite}. */
final class StructurePath implements Structures {

    private final StructureWrite.Means means;
    private final StructureStore store;
    private final Judge judge;
    private final Window window;
    private final Arrival arrival;

    StructurePath(
            StructureWrite.Means means,
            StructureStore store,
            Judge judge,
            Window window,
            Arrival arrival) {
        this.means = means;
        this.store = store;
        this.judge = judge;
        this.window = window;
        this.arrival = arrival;
    }

    @Override
    public CompletionStage<Changed> change(
            NamespaceConfig namespace, EntryKey key, Change change, Lifetime lifetime) {
        if (!means.view().isReady()) {
            return CompletableFuture.completedStage(
                    new Changed.Unavailable(Lookup.Reason.NOT_READY));
        }
        return new StructureWrite(means, namespace, key, change, lifetime)
                .go()
                .exceptionally(failure ->
                        new Changed.Unavailable(
                                reasonOf(failure, Lookup.Reason.STORE_UNAVAILABLE)));
    }

    @Override
    public CompletionStage<Found> ask(
            NamespaceConfig namespace, EntryKey key, Question question, ReadOptions options) {
        if (!means.view().isReady()) {
            return CompletableFuture.completedStage(new Found.Unavailable(Lookup.Reason.NOT_READY));
        }
        int partition = means.view().partitionOf(namespace.name(), key);
        if (namespace.onStale() == StalePolicy.REFUSE && window.isExceeded(namespace, partition)) {
            return CompletableFuture.completedStage(
                    new Found.Unavailable(Lookup.Reason.WINDOW_EXCEEDED));
        }
        if (options.after() == null && options.minLsn() == null) {
            return look(namespace, key, question);
        }
        return arrival.of(namespace.name(), key, options)
                .thenCompose(arrived ->
                        arrived
                                ? look(namespace, key, question)
                                : CompletableFuture.completedStage(
                                        new Found.Unavailable(Lookup.Reason.WINDOW_EXCEEDED)));
    }

    private CompletionStage<Found> look(
            NamespaceConfig namespace, EntryKey key, Question question) {
        return store.look(namespace.name(), key, question)
                .thenApply(sight -> found(namespace, key, question, sight))
                .exceptionally(failure ->
                        new Found.Unavailable(reasonOf(failure, Lookup.Reason.STORE_UNAVAILABLE)));
    }

    private Found found(
            NamespaceConfig namespace,
            EntryKey key,
            Question question,
            StructureStore.Sight sight) {
        var noted = means.view().position(namespace.name(), key);
        Judged judged = judge.of(namespace, key, sight.sidecar(), noted);
        var sidecar = sight.sidecar().entry();
        if (judged == null || sidecar == null || !judged.age().isWithinTtl()) {
            return new Found.Nothing();
        }
        var header = sidecar.header();
        if (means.view().isUnsure(namespace.name(), key, header, sight.sidecar().marker())) {
            return new Found.Unavailable(Lookup.Reason.NOT_READY);
        }
        if (judged.verdict() == Verdict.STALE) {
            return new Found.Nothing();
        }
        return header.kind() == question.kind()
                ? new Found.Part(header, sight.length(), sight.next(), sight.elements())
                : new Found.WrongKind(header.kind());
    }

    private static Lookup.Reason reasonOf(Throwable failure, Lookup.Reason reason) {
        if (failure instanceof CompletionException
                && failure.getCause() instanceof StoreUnavailableException) {
            return reason;
        }
        throw failure instanceof CompletionException e ? e : new CompletionException(failure);
    }
}
