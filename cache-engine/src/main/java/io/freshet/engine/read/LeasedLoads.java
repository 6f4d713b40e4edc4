package io.freshet.engine.read;

import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.Contest.Contender;
import io.freshet.engine.read.Contest.Outcome;
import io.freshet.engine.read.Loader.Load;
import io.freshet.engine.store.NearTier;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs a load where no other node of the cluster runs one for the same key, else waits for what the
 * other brings.
 *
 * <p>Failure modes: without a store, or after waiting for as long as two leases, it loads all the
 * same. So a holder that is gone costs the others the rest of its lease, and then one of them loads
 * while the rest wait for that one.
 */
final class LeasedLoads {

    private final Contest contest;
    private final Loader loader;
    private final NearTier near;
    private final LoadObserver observer;

    LeasedLoads(Contest contest, Loader loader, NearTier near, LoadObserver observer) {
        this.contest = contest;
        this.loader = loader;
        this.near = near;
        this.observer = observer;
    }

    /**
     * Runs a load.
     *
     * @param seen when the entry was created that is to be replaced; null when there was none
     */
    CompletionStage<LoadResult> run(Load load, @Nullable Instant seen) {
        Duration lease = load.namespace().refreshOf(load.key()).lease();
        return lease.isZero()
                ? loader.run(load)
                : contest.enter(
                                new Contender(
                                        load.namespace(), load.key(), lease.multipliedBy(2), seen))
                        .thenCompose(outcome -> after(outcome, load));
    }

    private CompletionStage<LoadResult> after(Outcome outcome, Load load) {
        NamespaceConfig namespace = load.namespace();
        return switch (outcome) {
            case Outcome.Won(var holder, _) ->
                    loader.run(load)
                            .whenComplete((_, _) -> contest.leave(namespace, load.key(), holder));
            case Outcome.Filled(var judged) -> {
                observer.shared(namespace.name());
                near.put(namespace.name(), load.key(), judged.entry());
                yield CompletableFuture.completedStage(new LoadResult.Shared(judged.entry()));
            }
            case Outcome.Outwaited _ -> {
                observer.outwaited(namespace.name());
                yield loader.run(load);
            }
            case Outcome.Unavailable() -> loader.run(load);
        };
    }
}
