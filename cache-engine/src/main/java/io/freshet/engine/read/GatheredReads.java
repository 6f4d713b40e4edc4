package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.StoreReads;
import io.freshet.engine.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads of one namespace that are gathered while many keys are begun and go to the store as one.
 * Begun by one thread; what is read after {@link #go} goes on its own.
 */
final class GatheredReads implements StoreReads {

    private final EntryStore store;
    private final List<EntryKey> keys = new ArrayList<>();
    private final List<CompletableFuture<StoredEntry>> answers = new ArrayList<>();
    private volatile boolean gone;

    GatheredReads(EntryStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        if (gone) {
            return store.read(namespace, key);
        }
        var answer = new CompletableFuture<StoredEntry>();
        keys.add(key);
        answers.add(answer);
        return answer;
    }

    /** Sends what was gathered. */
    void go(Namespace namespace) {
        gone = true;
        if (keys.isEmpty()) {
            return;
        }
        store.readAll(namespace, keys)
                .whenComplete((stored, failure) -> {
                    for (int i = 0; i < answers.size(); i++) {
                        if (failure == null) {
                            answers.get(i).complete(stored.get(i));
                        } else {
                            answers.get(i).completeExceptionally(failure);
                        }
                    }
                });
    }
}
