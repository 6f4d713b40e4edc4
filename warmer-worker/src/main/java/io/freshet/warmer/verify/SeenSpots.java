package io.freshet.warmer.verify;

import io.freshet.contracts.event.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys that were seen in the cache last, with their tags: what purges may be about.
 * Thread-safe.
 */
final class SeenSpots {

    private final int most;
    private final RandomGenerator random;
    private final Deque<Spot> seen = new ArrayDeque<>();

    SeenSpots(int most, RandomGenerator random) {
        this.most = most;
        this.random = random;
    }

    synchronized void add(Spot spot) {
        if (seen.size() == most) {
            seen.removeFirst();
        }
        seen.addLast(spot);
    }

    /** Any of those that an invalidation of the target is about. */
    synchronized Optional<Spot> anyUnder(Target target) {
        List<Spot> under = seen.stream().filter(spot -> spot.isUnder(target)).toList();
        return under.isEmpty()
                ? Optional.empty()
                : Optional.of(under.get(random.nextInt(under.size())));
    }
}
