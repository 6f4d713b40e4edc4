package io.freshet.warmer.popularity;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of each namespace are asked for most, out of what the nodes tell of their traffic.
 *
 * <p>Per namespace it is a {@link DecayedCounts}, which states the decay and the error. Nodes name
 * only their hottest keys, so what is asked for less than those is not known here at all. At most
 * {@code namespaces} times {@code keys} counters are held: when another namespace comes, the one
 * that has been silent longest is forgotten. Thread-safe.
 */
public final class Popularity {

    private final int keys;
    private final Duration halfLife;
    private final InstantSource clock;
    private final Map<Namespace, DecayedCounts> counts;

    /**
     * @param keys most keys counted per namespace
     * @param namespaces most namespaces counted
     * @param clock bounds the times that nodes state: what seems to come from the future is from
     *     now
     */
    public Popularity(int keys, int namespaces, Duration halfLife, InstantSource clock) {
        this.keys = keys;
        this.halfLife = halfLife;
        this.clock = clock;
        this.counts = new LeastRecentlyHeard(namespaces);
    }

    /** Takes in what a node saw during a window. */
    public synchronized void add(Traffic traffic) {
        Instant now = clock.instant();
        Instant at = traffic.at().isAfter(now) ? now : traffic.at();
        DecayedCounts known =
                counts.computeIfAbsent(
                        traffic.namespace(), _ -> new DecayedCounts(keys, halfLife, at));
        for (Traffic.HotKey hot : traffic.hot()) {
            known.add(hot.key(), (double) hot.hits() + hot.misses(), at);
        }
    }

    /** The keys asked for most, most first; empty when nothing was heard of the namespace. */
    public synchronized List<EntryKey> top(Namespace namespace, int count) {
        @Nullable DecayedCounts known = counts.get(namespace);
        return known == null ? List.of() : known.top(count);
    }

    private static final class LeastRecentlyHeard extends LinkedHashMap<Namespace, DecayedCounts> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        LeastRecentlyHeard(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Namespace, DecayedCounts> eldest) {
            return size() > limit;
        }
    }
}
