package io.freshet.engine.read;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Claim;
import io.freshet.engine.lease.Holder;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Contends for the lease of a key, until it is won, or what another loaded is there, or patience is
 * at an end.
 *
 * <p>Whoever is ahead does not wait: when this node knows of an invalidation above the position
 * that the holder had noted, what the holder brings may be older than that, so its lease is taken
 * over. What somebody filled in meanwhile is judged like any entry of the store.
 */
class Contest {

    /** How it ended. */
    sealed interface Outcome {

        /**
         * The lease is held, and must be released.
         *
         * @param noted what is loaded from now on is no older
         */
        record Won(Holder holder, LogPosition noted) implements Outcome {}

        /** Somebody else has filled the key, and it is fresh. */
        record Filled(Judged judged) implements Outcome {}

        /** Somebody else holds the lease, for so long at the most. */
        record Outwaited(Duration left) implements Outcome {}

        /** The store cannot be asked. */
        record Unavailable() implements Outcome {}
    }

    /**
     * One who contends.
     *
     * @param patience for how long it waits in all
     * @param seen when the entry was created that it found and cannot use
     */
    record Contender(
            NamespaceConfig namespace,
            EntryKey key,
            Holder holder,
            Duration patience,
            @Nullable Instant seen,
            @Nullable Stamp over) {

        Contender(
                NamespaceConfig namespace,
                EntryKey key,
                Duration patience,
                @Nullable Instant seen) {
            this(namespace, key, Holder.random(), patience, seen, null);
        }

        Contender afterWaiting(Duration waited) {
            return new Contender(namespace, key, holder, patience.minus(waited), seen, null);
        }

        Contender havingSeen(Instant created) {
            return new Contender(namespace, key, holder, patience, created, null);
        }

        Contender takingOver(Stamp behind) {
            return new Contender(namespace, key, holder, patience, seen, behind);
        }

        Duration lease() {
            return namespace.refreshOf(key).lease();
        }
    }

    private final LogView view;
    private final LeaseStore leases;
    private final Judge judge;
    private final Timer timer;
    private final InstantSource clock;

    Contest(LogView view, LeaseStore leases, Judge judge, Timer timer, InstantSource clock) {
        this.view = view;
        this.leases = leases;
        this.judge = judge;
        this.timer = timer;
        this.clock = clock;
    }

    CompletionStage<Outcome> enter(Contender contender) {
        LogPosition noted = view.position(contender.namespace.name(), contender.key);
        var bid =
                new Bid(
                        contender.holder,
                        noted.stamp(),
                        contender.lease(),
                        contender.over,
                        contender.seen);
        return leases.claim(contender.namespace.name(), contender.key, bid)
                .handle((claim, failure) ->
                        failure == null
                                ? after(claim, contender, noted)
                                : ended(new Outcome.Unavailable()))
                .thenCompose(stage -> stage);
    }

    /** Gives up a lease that was won. */
    void leave(NamespaceConfig namespace, EntryKey key, Holder holder) {
        leases.release(namespace.name(), key, holder);
    }

    private CompletionStage<Outcome> after(Claim claim, Contender contender, LogPosition noted) {
        return switch (claim) {
            case Claim.Taken() -> ended(new Outcome.Won(contender.holder, noted));
            case Claim.Filled(var stored) -> {
                Judged judged = judge.of(contender.namespace, contender.key, stored, noted);
                yield judged == null || judged.isFresh()
                        ? ended(
                                judged == null
                                        ? new Outcome.Unavailable()
                                        : new Outcome.Filled(judged))
                        : enter(contender.havingSeen(judged.entry().header().created()));
            }
            case Claim.Held held -> behind(held, contender);
        };
    }

    private CompletionStage<Outcome> behind(Claim.Held held, Contender contender) {
        if (!mayWaitFor(held.by(), contender)) {
            held.freed().cancel(false);
            return enter(contender.takingOver(held.by()));
        }
        if (!contender.patience.isPositive()) {
            held.freed().cancel(false);
            return ended(new Outcome.Outwaited(held.left()));
        }
        Instant begun = clock.instant();
        Duration limit =
                held.left().compareTo(contender.patience) < 0 ? held.left() : contender.patience;
        return timer.within(limit, held.freed())
                .thenCompose(freed -> {
                    held.freed().cancel(false);
                    Duration waited = freed ? Duration.between(begun, clock.instant()) : limit;
                    return enter(contender.afterWaiting(waited));
                });
    }

    /** Whether what a holder brings that had noted this position may do for the contender. */
    boolean mayWaitFor(Stamp holder, Contender contender) {
        return !view.isOvertaken(contender.namespace.name(), contender.key, Set.of(), holder);
    }

    private static CompletionStage<Outcome> ended(Outcome outcome) {
        return CompletableFuture.completedStage(outcome);
    }
}
