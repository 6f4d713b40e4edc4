package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.resilience.Guard;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A writer behind a guard of its own, apart from that of the reads. */
record GuardedWriter(SourceWriter writer, Guard guard, Duration timeout) implements SourceWriter {

    @Override
    public CompletionStage<WriteOutcome> put(
            EntryKey key, byte[] json, @Nullable WriteFence fence) {
        return guarded(guard.call(timeout, () -> writer.put(key, json, fence)));
    }

    @Override
    public boolean deletes() {
        return writer.deletes();
    }

    @Override
    public CompletionStage<WriteOutcome> delete(EntryKey key, @Nullable WriteFence fence) {
        return guarded(guard.call(timeout, () -> writer.delete(key, fence)));
    }

    private static CompletionStage<WriteOutcome> guarded(CompletionStage<WriteOutcome> outcome) {
        return outcome.exceptionallyCompose(
                failure -> CompletableFuture.failedStage(GuardedSource.asOfSource(failure)));
    }
}
