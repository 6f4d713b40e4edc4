package io.freshet.warmer.verify;

import io.freshet.contracts.event.Event.Invalidation;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.LogFollower;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Picks invalidations out of the log, of each origin one at a time, and tells the samples under
 * watch of theirs. Costs the log's thread a draw of a number, and a look at each sample.
 */
final class Sampler implements LogFollower {

    private static final int SEEN = 1_000;

    private final Map<Origin, Reservoir<Target>> picked = new EnumMap<>(Origin.class);
    private final Set<Sample> watched = ConcurrentHashMap.newKeySet();
    private final SeenSpots seen;

    /**
     * @param random is drawn from by the thread that reads the log and by that which takes
     */
    Sampler(RandomGenerator random) {
        seen = new SeenSpots(SEEN, random);
        for (Origin origin : Origin.values()) {
            picked.put(origin, new Reservoir<>(random));
        }
    }

    @Override
    public void inForce(int partition, Stamp position, LogRecord record) {
        if (record.event() instanceof Invalidation event && record.countsIn(partition)) {
            Reservoir<Target> of = picked.get(Origin.of(event.cause().kind()));
            if (of != null) {
                event.target().each().forEach(of::offer);
            }
            watched.forEach(sample -> sample.inForce(event));
        }
    }

    @Override
    public void reached(int partition, Stamp position) {}

    @Override
    public void lost(int partition, Stamp position) {}

    /** A key that was invalidated by the origin since the last was taken. */
    Optional<Spot> take(Origin origin) {
        Reservoir<Target> of = picked.get(origin);
        Optional<Target> target = of == null ? Optional.empty() : of.take();
        return target.flatMap(about ->
                about instanceof Target.OfKey(var namespace, var key)
                        ? Optional.of(new Spot(namespace, key))
                        : seen.anyUnder(about));
    }

    /** A key was found in the cache. */
    void saw(Spot spot) {
        seen.add(spot);
    }

    void watch(Sample sample) {
        watched.add(sample);
    }

    void forget(Sample sample) {
        watched.remove(sample);
    }
}
