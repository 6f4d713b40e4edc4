package io.freshet.engine.eviction;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gives up room first, by a survey of a namespace's buckets: while something is free anywhere,
 * those that have most of it; then those whose next victim is the lowest in the order.
 *
 * <p>Each offer is handed out once, so that those who ask at the same time spread. A survey names
 * one victim of each bucket, and only the lowest few of them are offered: beyond, buckets may hold
 * a second one that is lower. Thread-safe.
 */
public final class Offers {

    private static final int VICTIMS = 8;

    private final Deque<Offer> free;
    private final Deque<Offer> victims;
    private final Quota atFirst;
    private final Quota bounds;

    private Offers(List<Offer> free, List<Offer> victims, Quota atFirst, Quota bounds) {
        this.free = new ArrayDeque<>(free);
        this.victims = new ArrayDeque<>(victims);
        this.atFirst = atFirst;
        this.bounds = bounds;
    }

    public static Offers none() {
        return new Offers(List.of(), List.of(), Quota.NONE, Quota.NONE);
    }

    /**
     * Reads a survey.
     *
     * @param bounds of the namespace; zero for no bound
     */
    public static Offers of(List<BucketState> survey, Quota bounds) {
        List<Offer> free =
                survey.stream()
                        .filter(state -> !state.free().isNothing())
                        .sorted(Comparator.comparing(BucketState::free, MOST).reversed())
                        .map(state ->
                                new Offer(state.bucket(), half(state.free()), BucketState.NOBODY))
                        .toList();
        List<Offer> victims =
                survey.stream()
                        .filter(BucketState::hasVictim)
                        .sorted(Comparator.comparingLong(BucketState::victim))
                        .limit(VICTIMS)
                        .map(state ->
                                new Offer(
                                        state.bucket(),
                                        new Quota(1, state.victimBytes()),
                                        state.victim()))
                        .toList();
        Quota all = survey.stream().map(BucketState::free).reduce(Quota.NONE, Quota::plus);
        return new Offers(free, victims, all, bounds);
    }

    /** The next offer for somebody who lacks that; null when there is none left. */
    public synchronized @Nullable Offer next(Quota missing) {
        boolean isFree =
                (missing.entries() <= 0 || atFirst.entries() > 0)
                        && (missing.bytes() <= 0 || !isLittle(atFirst.bytes(), bounds.bytes()));
        return (isFree ? free : victims).poll();
    }

    /**
     * The next victim, for somebody to whom what is free is of no use: his own, or scattered; null
     * when there is none left.
     */
    public synchronized @Nullable Offer nextVictim() {
        return victims.poll();
    }

    /** Whether hardly anything was free, so that buckets do well to evict from themselves. */
    public boolean areOfAFullNamespace() {
        return isLittle(atFirst.entries(), bounds.entries())
                || isLittle(atFirst.bytes(), bounds.bytes());
    }

    private static final Comparator<Quota> MOST =
            Comparator.comparingLong(Quota::entries).thenComparingLong(Quota::bytes);

    /** Less than one part in a hundred. */
    private static boolean isLittle(long free, long bound) {
        return bound > 0 && free * 100 < bound;
    }

    private static Quota half(Quota free) {
        return new Quota((free.entries() + 1) / 2, (free.bytes() + 1) / 2);
    }
}
