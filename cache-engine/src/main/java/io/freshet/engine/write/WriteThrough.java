package io.freshet.engine.write;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Lookup;
import io.freshet.engine.NewValue;
import io.freshet.engine.PutResult;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.Receipt;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.Paths;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.source.SourceWriter;
import io.freshet.engine.source.WriteOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the source, then makes the cache follow.
 *
 * <p>Phases: the transaction commits, so every new reader of the database sees it; the key is
 * invalidated, which stands in the log behind that; once that is in force here the key is read
 * through like any miss. So the value in the cache is what the source says, stamped behind the
 * invalidation, and the usual rules speak for it. What change capture says of the same commit comes
 * later and costs one more load.
 *
 * <p>Failure modes: whether an interrupted write was committed is not known; the key is invalidated
 * all the same. When the log does not take the invalidation the caller is told so, although the
 * source is written; writing again is harmless.
 */
public final class WriteThrough {

    private final Paths paths;
    private final String node;

    public WriteThrough(Paths paths, String node) {
        this.paths = paths;
        this.node = node;
    }

    /** Writes a value. */
    public CompletionStage<PutResult> put(
            NamespaceConfig namespace,
            EntryKey key,
            NewValue value,
            Source source,
            SourceWriter writer) {
        String unfit = WritableValue.problemOf(value);
        if (unfit != null) {
            return CompletableFuture.completedStage(new PutResult.Unwritable(unfit));
        }
        return writer.put(key, value.bytes(), null)
                .handle((outcome, failure) ->
                        failure == null
                                ? written(namespace, key, source, outcome)
                                : unknown(namespace, key, failure))
                .thenCompose(stage -> stage);
    }

    /**
     * Deletes a key.
     *
     * @return whether there was a row; fails with {@link SourceException} when there may still be
     */
    public CompletionStage<Boolean> delete(
            NamespaceConfig namespace, EntryKey key, Cause cause, SourceWriter writer) {
        return writer.delete(key, null)
                .handle((outcome, failure) ->
                        paths.invalidations()
                                .delete(namespace, key, cause)
                                .thenApply(_ -> deleted(outcome, failure)))
                .thenCompose(stage -> stage);
    }

    private static Boolean deleted(@Nullable WriteOutcome outcome, @Nullable Throwable failure) {
        if (failure != null) {
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        }
        return switch (outcome) {
            case WriteOutcome.Committed(_, int rows) -> rows > 0;
            case WriteOutcome.Refused(_, var detail) ->
                    throw new SourceException(SourceException.Reason.REJECTED, detail, null);
            case WriteOutcome.Broken(var detail) ->
                    throw new SourceException(SourceException.Reason.UNAVAILABLE, detail, null);
            case null -> false;
        };
    }

    private CompletionStage<PutResult> written(
            NamespaceConfig namespace, EntryKey key, Source source, WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Refused(var conflict, var detail) ->
                    CompletableFuture.completedStage(new PutResult.Rejected(conflict, detail));
            case WriteOutcome.Broken _ ->
                    CompletableFuture.completedStage(
                            new PutResult.Unavailable(Lookup.Reason.SOURCE_UNAVAILABLE));
            case WriteOutcome.Committed(var lsn, _) ->
                    invalidate(namespace, key)
                            .thenCompose(receipt ->
                                    readThrough(namespace, key, source, receipt)
                                            .<PutResult>handle(
                                                    (_, _) -> new PutResult.Written(lsn, receipt)));
        };
    }

    private CompletionStage<Lookup> readThrough(
            NamespaceConfig namespace, EntryKey key, Source source, Receipt receipt) {
        var behindIt = new ReadOptions(true, false, receipt.token(), null);
        return paths.reads().get(namespace, key, source.ofPrimary(), behindIt);
    }

    private CompletionStage<PutResult> unknown(
            NamespaceConfig namespace, EntryKey key, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof SourceException e
                ? invalidate(namespace, key).handle((_, _) -> unavailable(e))
                : CompletableFuture.failedStage(cause);
    }

    private static PutResult unavailable(SourceException e) {
        return switch (e.reason()) {
            case TIMEOUT -> new PutResult.Unavailable(Lookup.Reason.SOURCE_TIMEOUT);
            case UNAVAILABLE -> new PutResult.Unavailable(Lookup.Reason.SOURCE_UNAVAILABLE);
            case REJECTED -> new PutResult.Rejected(false, String.valueOf(e.getMessage()));
        };
    }

    private CompletionStage<Receipt> invalidate(NamespaceConfig namespace, EntryKey key) {
        return paths.invalidations()
                .invalidate(
                        new Target.OfKey(namespace.name(), key),
                        Mode.HARD,
                        Cause.of(Cause.Kind.REST, node, "written through"));
    }
}
