package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that holds nothing and answers every PUT alike. */
record FakeStore(CompletionStage<PutOutcome> toPut) implements EntryStore {

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        return CompletableFuture.completedStage(new StoredEntry(null, null));
    }

    @Override
    public CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry) {
        return CompletableFuture.completedStage(new FillOutcome.Uninitialised());
    }

    @Override
    public CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry) {
        return toPut;
    }

    @Override
    public CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow) {
        return CompletableFuture.completedStage(false);
    }
}
