package io.freshet.engine.namespace;

import java.time.Duration;

/**
 * When values are loaded anew, and what is answered meanwhile.
 *
 * @param staleWhileRevalidate for how long after its TTL a value is still answered, marked stale,
 *     while it is loaded anew; zero for never
 * @param staleIfError for how long after its TTL a value is still answered, marked stale, when its
 *     source fails; zero for never
 * @param early how early hot values are loaded before they expire, the beta of XFetch; 0 for never
 * @param ahead share of the TTL, in percent, after which a hit loads the value anew; 0 for never
 * @param negativeTtl for how long it is remembered that the source has no such key; zero for never
 * @param lease for how long one load of a key keeps others in the cluster waiting; zero for never
 */
public record Refresh(
        Duration staleWhileRevalidate,
        Duration staleIfError,
        double early,
        int ahead,
        Duration negativeTtl,
        Duration lease) {

    public static final Refresh DEFAULT =
            new Refresh(
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    0,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(3));

    public Refresh {
        requireNotNegative("stale-while-revalidate", staleWhileRevalidate);
        requireNotNegative("stale-if-error", staleIfError);
        requireNotNegative("negative-ttl", negativeTtl);
        requireNotNegative("lease", lease);
        if (!(early >= 0 && early <= 100)) {
            throw new IllegalArgumentException("early must be a number from 0 to 100");
        }
        if (ahead < 0 || ahead > 99) {
            throw new IllegalArgumentException("ahead must be 0 to 99 percent");
        }
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative");
        }
    }
}
