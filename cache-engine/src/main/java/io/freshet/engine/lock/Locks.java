package io.freshet.engine.lock;

import io.freshet.engine.lease.Holder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Acquires locks.
 *
 * <p>Phases: the lock is claimed; a token is drawn; the lock is granted, with that token, if the
 * claim has stood without a break. Claims that stand do not overlap, and a token is drawn inside
 * one. So of two who were granted a lock the later has the greater token, even if the store lost
 * its memory in between and both believe that they hold it: which is what whoever is protected by
 * the lock refuses the smaller token for.
 */
public final class Locks {

    /** For how long a claim stands, so that a token can be drawn. */
    static final Duration CLAIM = Duration.ofSeconds(5);

    /** Waits for a stage, but not longer than the limit; whether it was done in time. */
    @FunctionalInterface
    public interface Patience {

        CompletionStage<Boolean> within(Duration limit, CompletionStage<Void> stage);
    }

    private final LockStore store;
    private final FencingTokens tokens;
    private final Patience patience;
    private final InstantSource clock;

    public Locks(LockStore store, FencingTokens tokens, Patience patience, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Acquires a lock.
     *
     * @param ttl after which it is free again, unless it is renewed
     * @param wait for how long it is waited for
     */
    public CompletionStage<Acquisition> acquire(LockName name, Duration ttl, Duration wait) {
        Holder holder = Holder.random();
        return store.claim(name, holder, CLAIM)
                .thenCompose(claim ->
                        switch (claim) {
                            case LockClaim.Taken() -> grant(name, holder, ttl, wait);
                            case LockClaim.Held held -> behind(held, name, ttl, wait);
                        });
    }

    public CompletionStage<Boolean> renew(LockName name, long token, Duration ttl) {
        return store.renew(name, token, ttl);
    }

    public CompletionStage<Boolean> release(LockName name, long token) {
        return store.release(name, token);
    }

    public CompletionStage<Optional<LockState>> state(LockName name) {
        return store.state(name);
    }

    private CompletionStage<Acquisition> grant(
            LockName name, Holder holder, Duration ttl, Duration wait) {
        Instant begun = clock.instant();
        return tokens.next()
                .handle((token, failure) ->
                        failure == null
                                ? store.grant(name, holder, token, ttl)
                                        .thenCompose(granted ->
                                                granted
                                                        ? ended(new Acquisition.Granted(token, ttl))
                                                        : again(name, ttl, wait, begun))
                                : store.withdraw(name, holder)
                                        .<Acquisition>thenCompose(
                                                _ -> CompletableFuture.failedStage(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Acquisition> behind(
            LockClaim.Held held, LockName name, Duration ttl, Duration wait) {
        if (!wait.isPositive()) {
            held.freed().cancel(false);
            return ended(new Acquisition.Held(held.left()));
        }
        Instant begun = clock.instant();
        Duration limit = held.left().compareTo(wait) < 0 ? held.left() : wait;
        return patience.within(limit, held.freed())
                .thenCompose(freed -> {
                    held.freed().cancel(false);
                    return freed
                            ? again(name, ttl, wait, begun)
                            : acquire(name, ttl, wait.minus(limit));
                });
    }

    /** The claim was lost, or another was faster: what time is left is waited. */
    private CompletionStage<Acquisition> again(
            LockName name, Duration ttl, Duration wait, Instant begun) {
        return acquire(name, ttl, wait.minus(Duration.between(begun, clock.instant())));
    }

    private static CompletionStage<Acquisition> ended(Acquisition how) {
        return CompletableFuture.completedStage(how);
    }
}
