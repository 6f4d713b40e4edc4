package io.freshet.warmer.popularity;

import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of each namespace are asked for most, out of what the nodes tell of their traffic.
 *
 * <p>Per namespace it is a {@link DecayedCounts}, which states the decay and the error. Nodes name
 * only their hottest keys, so what is asked for less than those is not known here at all. At most
 * {@code namespaces} times {@code keys} counters are held: when another namespace comes, the one
 * that has been silent longest is forgotten. Thread-safe.
 *
 * <p>It outlives the worker as {@link PopularityRecord}s. Each slice of a namespace says up to
 * which offset of the telemetry it counts, so that nothing is counted twice, whichever of the
 * slices were saved when a worker died.
 */
public final class Popularity {

    private final int keys;
    private final Duration halfLife;
    private final InstantSource clock;
    private final SequencedMap<Namespace, Known> known;
    private final Map<Integer, Long> through = new HashMap<>();

    /** What is known of a namespace. */
    private static final class Known {

        final DecayedCounts counts;
        final Slices slices = new Slices();
        int partition = -1;
        boolean isUnsaved;

        Known(DecayedCounts counts) {
            this.counts = counts;
        }
    }

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
        this.known = new LeastRecentlyHeard(namespaces);
    }

    /** Takes in what a node saw during a window, as it stands in the telemetry. */
    public synchronized void add(int partition, long offset, Traffic traffic) {
        through.put(partition, offset + 1);
        Instant at = notInTheFuture(traffic.at());
        Known of = known(traffic.namespace(), at);
        of.partition = partition;
        for (Traffic.HotKey hot : traffic.hot()) {
            if (!of.slices.has(traffic.namespace(), hot.key(), offset)) {
                of.counts.add(hot.key(), (double) hot.hits() + hot.misses(), at);
                of.isUnsaved = true;
            }
        }
    }

    /** Takes back what was saved; before anything is added. */
    public synchronized void restore(int partition, PopularityRecord record) {
        switch (record) {
            case PopularityRecord.Slice slice -> {
                Instant at = notInTheFuture(slice.at());
                Known of = known(slice.namespace(), at);
                of.partition = partition;
                of.slices.restored(slice.slice(), slice.through());
                slice.keys().forEach(key -> of.counts.set(key.key(), key.thousandths() / 1e3, at));
            }
            case PopularityRecord.Progress(long offset) -> through.put(partition, offset);
        }
    }

    /**
     * What has changed in a partition since it was last asked, and then how far that goes: to be
     * saved in this order.
     */
    public synchronized List<PopularityRecord> unsaved(int partition) {
        Long end = through.get(partition);
        if (end == null) {
            return List.of();
        }
        Instant now = clock.instant();
        List<PopularityRecord> records = new ArrayList<>();
        known.forEach((namespace, of) -> {
            if (of.partition == partition && of.isUnsaved) {
                records.addAll(Slices.of(namespace, of.counts, end, now));
                of.isUnsaved = false;
            }
        });
        if (!records.isEmpty()) {
            records.add(new PopularityRecord.Progress(end));
        }
        return records;
    }

    /** The offsets at which the telemetry goes on, by partition. */
    public synchronized Map<Integer, Long> through() {
        return Map.copyOf(through);
    }

    /** The keys asked for most, most first; empty when nothing was heard of the namespace. */
    public synchronized List<EntryKey> top(Namespace namespace, int count) {
        @Nullable Known of = known.get(namespace);
        return of == null ? List.of() : of.counts.top(count);
    }

    /** What is known of a namespace that is heard of now. */
    private Known known(Namespace namespace, Instant at) {
        Known of = known.get(namespace);
        if (of == null) {
            of = new Known(new DecayedCounts(keys, halfLife, at));
        }
        known.putLast(namespace, of);
        return of;
    }

    private Instant notInTheFuture(Instant at) {
        Instant now = clock.instant();
        return at.isAfter(now) ? now : at;
    }

    private static final class LeastRecentlyHeard extends LinkedHashMap<Namespace, Known> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        LeastRecentlyHeard(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Namespace, Known> eldest) {
            return size() > limit;
        }
    }
}
