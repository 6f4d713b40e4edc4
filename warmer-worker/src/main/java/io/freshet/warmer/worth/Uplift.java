package io.freshet.warmer.worth;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.warmer.popularity.HotKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often keys that are warmed are found in the cache, and how often those are that are held out.
 *
 * <p>Both groups are taken from the keys asked for most that a worker would warm; who belongs to
 * which is decided by a hash, which knows nothing of how a key is used. So the groups differ in
 * being warmed alone, and the difference of their hit rates is what warming is worth. Requests
 * weigh half after ten minutes. Thread-safe.
 */
public final class Uplift {

    private static final double HALF_LIFE_SECONDS = Duration.ofMinutes(10).toSeconds();

    /** Reads of a group below which its rate says nothing. */
    private static final double LEAST_READS = 20;

    /** Is told of every read of a key that is compared. */
    public interface Listener {

        void read(Namespace namespace, Group group, long hits, long misses);
    }

    /** What is done with a key. */
    public enum Group {
        WARMED,
        HELD_OUT
    }

    /**
     * The hit rates of a namespace.
     *
     * @param warmed share of the reads of warmed keys that were hits
     * @param heldOut the same of held-out ones
     */
    public record Rates(double warmed, double heldOut) {

        public double uplift() {
            return warmed - heldOut;
        }
    }

    private final Namespaces namespaces;
    private final HotKeys hot;
    private final Listener listener;
    private final InstantSource clock;
    private final Map<Namespace, Groups> groups = new ConcurrentHashMap<>();

    /**
     * @param clock bounds the times that nodes state: what seems to come from the future is from
     *     now
     */
    public Uplift(Namespaces namespaces, HotKeys hot, Listener listener, InstantSource clock) {
        this.namespaces = namespaces;
        this.hot = hot;
        this.listener = listener;
        this.clock = clock;
    }

    /** Takes in what a node saw. */
    public void add(Traffic traffic) {
        namespaces
                .find(traffic.namespace())
                .filter(namespace -> namespace.source() != null)
                .filter(namespace -> namespace.warming().holdOut() > 0)
                .ifPresent(namespace -> add(namespace, traffic));
    }

    private void add(NamespaceConfig namespace, Traffic traffic) {
        HoldOut holdOut = HoldOut.of(namespace);
        Groups of = groups.computeIfAbsent(namespace.name(), _ -> new Groups());
        Instant now = clock.instant();
        Instant at = traffic.at().isAfter(now) ? now : traffic.at();
        for (Traffic.HotKey key : traffic.hot()) {
            if (hot.contains(namespace.name(), key.key(), namespace.warming().top())) {
                Group group = holdOut.holds(key.key()) ? Group.HELD_OUT : Group.WARMED;
                of.add(group, key.hits(), key.misses(), at);
                listener.read(namespace.name(), group, key.hits(), key.misses());
            }
        }
    }

    /** Empty while one of the groups was hardly read. */
    public Optional<Rates> of(Namespace namespace) {
        Groups of = groups.get(namespace);
        return of == null ? Optional.empty() : of.rates();
    }

    private static final class Groups {

        private final DecayedRate warmed = new DecayedRate(HALF_LIFE_SECONDS);
        private final DecayedRate heldOut = new DecayedRate(HALF_LIFE_SECONDS);

        synchronized void add(Group group, long hits, long misses, Instant at) {
            DecayedRate rate =
                    switch (group) {
                        case WARMED -> warmed;
                        case HELD_OUT -> heldOut;
                    };
            rate.add(hits, misses, at);
        }

        synchronized Optional<Rates> rates() {
            return warmed.reads() < LEAST_READS || heldOut.reads() < LEAST_READS
                    ? Optional.empty()
                    : Optional.of(new Rates(warmed.rate(), heldOut.rate()));
        }
    }
}
