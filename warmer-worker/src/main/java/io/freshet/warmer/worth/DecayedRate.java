package io.freshet.warmer.worth;

import java.time.Duration;
import java.time.Instant;

/** A hit rate of the recent past: a read weighs half after every half-life. Not thread-safe. */
final class DecayedRate {

    private final double halfLifeSeconds;
    private Instant at = Instant.EPOCH;
    private double hits;
    private double reads;

    DecayedRate(double halfLifeSeconds) {
        this.halfLifeSeconds = halfLifeSeconds;
    }

    /** Adds reads; what is late is taken as of the latest. */
    void add(long hit, long missed, Instant when) {
        if (when.isAfter(at)) {
            double factor =
                    Math.pow(2, -Duration.between(at, when).toMillis() / 1e3 / halfLifeSeconds);
            hits *= factor;
            reads *= factor;
            at = when;
        }
        hits += hit;
        reads += hit + missed;
    }

    /** How much the reads weigh. */
    double reads() {
        return reads;
    }

    /** NaN when there were none. */
    double rate() {
        return hits / reads;
    }
}
