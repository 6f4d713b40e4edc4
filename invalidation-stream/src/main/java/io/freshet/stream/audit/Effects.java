package io.freshet.stream.audit;

import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the applier of this instance has evicted and nobody has written down yet. Bounded: when
 * PostgreSQL is away or slow, what does not fit is not told of, and counted. Thread-safe.
 *
 * <p>Evictions of one bucket are carried out together, and counted together. Where they belong to
 * several invalidations and only some of them found an entry, the count is divided among them by
 * how many keys each named, and marked as inexact.
 */
final class Effects {

    private record Place(int partition, Stamp position) {}

    private final Partitioning partitioning;
    private final int capacity;
    private final InstantSource clock;
    private Map<Place, Effect> pending = new HashMap<>();
    private long dropped;

    /**
     * @param capacity positions that are remembered
     */
    Effects(Partitioning partitioning, int capacity, InstantSource clock) {
        this.partitioning = partitioning;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Takes what became of a batch. */
    void carriedOut(BucketBatch batch, ApplyOutcome outcome) {
        if (batch.evictions().isEmpty()
                || !(outcome instanceof ApplyOutcome.Applied(int removed, int marked, _))) {
            return;
        }
        Map<Stamp, Integer> named = new HashMap<>();
        for (KeyEviction eviction : batch.evictions()) {
            named.merge(eviction.killsBelow(), 1, Integer::sum);
        }
        int evicted = removed + marked;
        int all = batch.evictions().size();
        boolean exact = named.size() == 1 || evicted == 0 || evicted == all;
        int partition = partitioning.partitionOf(batch.bucket());
        named.forEach((position, keys) ->
                note(
                        new Effect(
                                partition,
                                position,
                                Math.round((double) evicted * keys / all),
                                exact,
                                clock.instant())));
    }

    private synchronized void note(Effect effect) {
        var place = new Place(effect.partition(), effect.position());
        if (pending.size() >= capacity && !pending.containsKey(place)) {
            dropped++;
            return;
        }
        pending.merge(place, effect, Effect::and);
    }

    /** Hands over what is pending. */
    synchronized List<Effect> take() {
        var taken = new ArrayList<>(pending.values());
        pending = new HashMap<>();
        return taken;
    }

    /** Takes back what could not be written. */
    void giveBack(List<Effect> effects) {
        effects.forEach(this::note);
    }

    /** How many did not fit. */
    synchronized long dropped() {
        return dropped;
    }
}
