package io.freshet.warmer;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Cache;
import io.freshet.engine.LeaseLookup;
import io.freshet.engine.Lookup;
import io.freshet.engine.MissToken;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.Receipt;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cache that can only be warmed: it answers what it was told to, else that it loaded. */
public final class ScriptedCache implements Cache {

    private final List<EntryKey> warmed = new CopyOnWriteArrayList<>();
    private final Map<EntryKey, CompletionStage<WarmOutcome>> answers = new ConcurrentHashMap<>();

    public ScriptedCache answers(EntryKey key, WarmOutcome outcome) {
        return answers(key, CompletableFuture.completedStage(outcome));
    }

    public ScriptedCache answers(EntryKey key, CompletionStage<WarmOutcome> outcome) {
        answers.put(key, outcome);
        return this;
    }

    public void fails(EntryKey key, RuntimeException failure) {
        answers.put(key, CompletableFuture.failedStage(failure));
    }

    public List<EntryKey> warmed() {
        return List.copyOf(warmed);
    }

    @Override
    public CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key) {
        warmed.add(key);
        return answers.getOrDefault(key, CompletableFuture.completedStage(WarmOutcome.LOADED));
    }

    @Override
    public CompletionStage<Lookup> get(
            NamespaceConfig namespace, EntryKey key, ReadOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<Lookup>> getAll(NamespaceConfig namespace, List<EntryKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<LeaseLookup> lease(
            NamespaceConfig namespace, EntryKey key, ReadOptions options, Duration patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<PutResult> put(NamespaceConfig namespace, EntryKey key, NewValue value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<PutResult> put(
            NamespaceConfig namespace, EntryKey key, NewValue value, MissToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> delete(NamespaceConfig namespace, EntryKey key, Cause cause) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Receipt> invalidate(Target target, Mode mode, Cause cause) {
        throw new UnsupportedOperationException();
    }
}
