package io.freshet.simulation;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Claim;
import io.freshet.engine.lease.Holder;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Leases as Redis keeps them: any may be over at any time, and any message about one may be lost.
 * It sees to it that nobody waits for a holder that is behind.
 */
final class SimLeases {

    private static final int LOST_OF_A_HUNDRED = 20;

    private final World world;
    private final Schedule schedule;
    private final @Nullable Bid[] held = new Bid[SimKeys.COUNT];
    private final List<List<CompletableFuture<Void>>> waiting = new ArrayList<>();

    SimLeases(World world) {
        this.world = world;
        schedule = world.schedule;
        for (int row = 0; row < SimKeys.COUNT; row++) {
            waiting.add(new ArrayList<>());
        }
        schedule.chaos(
                Trouble.READS,
                "a lease is over",
                3,
                () -> true,
                () -> held[schedule.pick(SimKeys.COUNT)] = null);
    }

    /**
     * As one life of a node reaches them.
     *
     * @param lastHeard the position of the last invalidation that it has heard of, by row, whatever
     *     the tags of the row are
     */
    LeaseStore of(IntFunction<Stamp> lastHeard) {
        return new LeaseStore() {
            @Override
            public CompletionStage<Claim> claim(Namespace namespace, EntryKey key, Bid bid) {
                int row = SimKeys.row(key);
                var claim = new CompletableFuture<Claim>();
                schedule.ask(
                                () -> "lease of " + key + " is claimed at " + bid.stamp(),
                                () -> claimed(row, bid),
                                SimLeases::silence,
                                false)
                        .whenComplete((answer, failure) -> {
                            if (failure != null) {
                                claim.completeExceptionally(failure);
                            } else {
                                claim.complete(answer);
                                checkWaiting(row, answer, lastHeard.apply(row));
                            }
                        });
                return claim;
            }

            @Override
            public void release(Namespace namespace, EntryKey key, Holder holder) {
                schedule.send(
                        () -> "lease of " + key + " is released",
                        () -> released(SimKeys.row(key), holder));
            }
        };
    }

    private Claim claimed(int row, Bid bid) {
        Entry entry = world.store.entry(row);
        if (entry != null && !entry.header().created().equals(bid.seen())) {
            return noted(
                    new Claim.Filled(
                            new StoredEntry(entry, world.store.marker(SimKeys.bucketOf(row)))));
        }
        Bid other = held[row];
        if (other != null && (bid.over() == null || other.stamp().compareTo(bid.over()) > 0)) {
            var freed = new CompletableFuture<Void>();
            waiting.get(row).add(freed);
            return noted(new Claim.Held(other.stamp(), other.length(), freed));
        }
        held[row] = bid;
        return noted(new Claim.Taken());
    }

    private void released(int row, Holder holder) {
        Bid own = held[row];
        if (own != null && own.holder().equals(holder)) {
            held[row] = null;
        }
        for (CompletableFuture<Void> freed : waiting.get(row)) {
            if (!schedule.chance(LOST_OF_A_HUNDRED)) {
                schedule.send(() -> "a node hears that k" + row + " is free", () -> free(freed));
            }
        }
        waiting.get(row).clear();
    }

    private static void free(CompletableFuture<Void> freed) {
        freed.complete(null);
    }

    private void checkWaiting(int row, Claim claim, Stamp lastHeard) {
        if (claim instanceof Claim.Held(var by, _, var freed)
                && !freed.isDone()
                && by.isKilledBy(lastHeard)) {
            world.violated(
                    "k%d is waited for that is loaded at %s, although %s was heard of"
                            .formatted(row, by, lastHeard));
        }
    }

    private Claim noted(Claim claim) {
        schedule.note(() -> "redis: " + claim.getClass().getSimpleName());
        return claim;
    }

    private static RuntimeException silence() {
        return new StoreUnavailableException("no answer", new IllegalStateException());
    }
}
