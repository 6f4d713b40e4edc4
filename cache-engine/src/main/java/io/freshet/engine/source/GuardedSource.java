package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.resilience.Guard;
import io.freshet.engine.resilience.RefusedException;
import io.freshet.engine.source.SourceException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A source behind a guard: asked by so many at one time, and not at all for a while after it failed
 * too often. A refused key is an answer, not a failure.
 */
final class GuardedSource implements Source {

    private final Source source;
    private final Guard guard;
    private final Duration timeout;
    private final Source primary;

    /**
     * @param timeout longest wait for a turn and the answer
     */
    GuardedSource(Source source, Guard guard, Duration timeout) {
        this.source = source;
        this.guard = guard;
        this.timeout = timeout;
        Source of = source.ofPrimary();
        primary = of.equals(source) ? this : new GuardedSource(of, guard, timeout);
    }

    @Override
    public CompletionStage<Loaded> load(EntryKey key) {
        return guard.call(timeout, () -> source.load(key))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedStage(asOfSource(failure)));
    }

    @Override
    public Source ofPrimary() {
        return primary;
    }

    /** Whether a failure speaks against the source. */
    static boolean isFault(Throwable failure) {
        return !(failure instanceof SourceException e) || e.reason() != Reason.REJECTED;
    }

    static Throwable asOfSource(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof RefusedException refused
                ? new SourceException(
                        reasonOf(refused), String.valueOf(refused.getMessage()), refused)
                : cause;
    }

    private static Reason reasonOf(RefusedException refused) {
        return switch (refused.reason()) {
            case OPEN, CROWDED -> Reason.UNAVAILABLE;
            case LATE -> Reason.TIMEOUT;
        };
    }
}
