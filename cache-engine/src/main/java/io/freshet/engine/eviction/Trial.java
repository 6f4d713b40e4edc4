package io.freshet.engine.eviction;

import java.util.List;

/**
 * Which half-life suits a namespace: shadows of it are kept with each of them, and the one that
 * hits more is in force.
 *
 * <p>A shadow stands for the namespace with few keys: it is smaller by a power of two, and sees one
 * key in so many (miniature simulation, Waldspurger et al. 2017). Hits count half as much after
 * some turns, so another load is another choice. Thread-safe: an access that is not of the sample
 * takes no lock.
 */
public final class Trial {

    private static final int MOST_KEYS = 256;

    /** Accesses, for each key of a shadow, after which a hit counts half. */
    private static final double MEMORY = 4;

    /** Hits by which another half-life has to be ahead. */
    private static final double LEAD = 2;

    private final List<Contender> contenders =
            List.of(
                    new Contender(HalfLife.SHORT),
                    new Contender(HalfLife.MIDDLE),
                    new Contender(HalfLife.LONG));
    private volatile Contender best = contenders.get(1);

    private static final class Contender {

        private final HalfLife halfLife;
        private final Shadow shadow;
        private double hits;

        Contender(HalfLife halfLife) {
            this.halfLife = halfLife;
            this.shadow = new Shadow(halfLife);
        }
    }

    public HalfLife best() {
        return best.halfLife;
    }

    /**
     * Sees a key used.
     *
     * @param hash of the key, all of whose bits are as good
     * @param uses how often at once
     * @param entries that the namespace holds when it is full
     */
    public void access(long hash, int uses, long entries) {
        int shift = 0;
        while (entries >> shift > MOST_KEYS) {
            shift++;
        }
        if (entries > 0 && (hash & (1L << shift) - 1) == 0) {
            compare(hash, uses, (int) (entries >> shift));
        }
    }

    private synchronized void compare(long hash, int uses, int capacity) {
        double fading = Math.pow(0.5, 1 / (MEMORY * capacity));
        Contender ahead = best;
        for (Contender each : contenders) {
            boolean isHit = each.shadow.access(hash, uses, capacity);
            each.hits = each.hits * fading + (isHit ? 1 : 0);
            ahead = each.hits > ahead.hits ? each : ahead;
        }
        if (ahead.hits > best.hits + LEAD) {
            best = ahead;
        }
    }
}
