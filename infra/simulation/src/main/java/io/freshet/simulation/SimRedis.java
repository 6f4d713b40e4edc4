package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one Redis holds, with the semantics of the scripts: each method is one of them. */
final class SimRedis {

    private static final Stamp START = Stamp.of(1, 0);

    private final Set<Guard> guards;
    private final @Nullable Entry[] entries;
    private final @Nullable Marker[] markers;

    private SimRedis(Set<Guard> guards, @Nullable Entry[] entries, @Nullable Marker[] markers) {
        this.guards = guards;
        this.entries = entries;
        this.markers = markers;
    }

    static SimRedis empty(Set<Guard> guards) {
        return new SimRedis(guards, new Entry[SimKeys.COUNT], new Marker[SimKeys.BUCKETS]);
    }

    /** Empty, but for the markers that the applier made when the log began. */
    static SimRedis initialised(Set<Guard> guards) {
        SimRedis redis = empty(guards);
        for (int bucket = 0; bucket < SimKeys.BUCKETS; bucket++) {
            redis.initialise(bucket, START, 0);
        }
        return redis;
    }

    SimRedis copy() {
        return new SimRedis(guards, entries.clone(), markers.clone());
    }

    /** Its entries, with the markers of another. */
    SimRedis withMarkersOf(SimRedis other) {
        return new SimRedis(guards, entries.clone(), other.markers.clone());
    }

    @Nullable Entry entry(int row) {
        return entries[row];
    }

    @Nullable Marker marker(int bucket) {
        return markers[bucket];
    }

    void hold(int row, Entry entry) {
        entries[row] = entry;
    }

    void forget(int row) {
        entries[row] = null;
    }

    FillOutcome fill(int row, Entry entry) {
        Marker marker = markers[SimKeys.bucketOf(row)];
        if (marker == null) {
            return new FillOutcome.Uninitialised();
        }
        Stamp stamp = entry.header().stamp();
        if (stamp.isKilledBy(marker.begun()) && guards.contains(Guard.LATE_FILLS_REFUSED)) {
            return new FillOutcome.Refused(marker.begun());
        }
        Entry present = entries[row];
        if (present != null && stamp.isKilledBy(present.header().stamp())) {
            return new FillOutcome.Superseded();
        }
        entries[row] = entry;
        return new FillOutcome.Stored();
    }

    PutOutcome put(int row, Entry entry) {
        Marker marker = markers[SimKeys.bucketOf(row)];
        Stamp stamp = entry.header().stamp();
        Entry present = entries[row];
        if (guards.contains(Guard.PUT_STAMPED_HIGHEST)) {
            stamp = present == null ? stamp : Stamp.max(stamp, present.header().stamp());
            stamp = marker == null ? stamp : Stamp.max(stamp, marker.begun());
        }
        entries[row] = new Entry(entry.header().withStamp(stamp), entry.value());
        return new PutOutcome.Stored(new StoredEntry(present, marker), stamp);
    }

    boolean evict(int row, Stamp killsBelow) {
        int bucket = SimKeys.bucketOf(row);
        Marker marker = markers[bucket];
        if (marker != null) {
            markers[bucket] =
                    new Marker(
                            Stamp.max(marker.begun(), killsBelow),
                            marker.applied(),
                            marker.nextOffset(),
                            marker.barrier());
        }
        Entry entry = entries[row];
        if (entry == null || !entry.header().stamp().isKilledBy(killsBelow)) {
            return false;
        }
        entries[row] = null;
        return true;
    }

    /**
     * Applies a batch.
     *
     * @param moving what is done to the marker, or put off
     */
    ApplyOutcome apply(BucketBatch batch, Moving moving) {
        int bucket = SimKeys.bucket(batch.namespace(), batch.bucket());
        Marker marker = markers[bucket];
        if (marker != null
                && marker.nextOffset() < batch.continuesFrom()
                && guards.contains(Guard.MARKER_CHAINED)) {
            return new ApplyOutcome.Behind(marker.nextOffset());
        }
        int removed = 0;
        int written = 0;
        for (KeyEviction eviction : batch.evictions()) {
            removed += kill(eviction) ? 1 : 0;
            written += marker != null && replace(eviction, marker) ? 1 : 0;
        }
        if (marker == null) {
            return new ApplyOutcome.Uninitialised();
        }
        moving.move(bucket, now -> moved(now, batch));
        return new ApplyOutcome.Applied(removed, 0, written);
    }

    private Marker moved(Marker now, BucketBatch batch) {
        boolean isAnew = !batch.barrier().equals(Stamp.ZERO);
        return new Marker(
                Stamp.max(now.begun(), begunBy(batch)),
                Stamp.max(now.applied(), batch.through()),
                isAnew ? batch.nextOffset() : Math.max(now.nextOffset(), batch.nextOffset()),
                Stamp.max(now.barrier(), batch.barrier()));
    }

    /** Moves a bucket's marker, now or later. */
    @FunctionalInterface
    interface Moving {

        void move(int bucket, UnaryOperator<Marker> to);
    }

    void move(int bucket, UnaryOperator<Marker> to) {
        Marker marker = markers[bucket];
        if (marker != null) {
            markers[bucket] = to.apply(marker);
        }
    }

    Marker initialise(int bucket, Stamp at, long nextOffset) {
        Marker marker = markers[bucket];
        if (marker == null) {
            marker = new Marker(at, at, nextOffset);
            markers[bucket] = marker;
        }
        return marker;
    }

    private Stamp begunBy(BucketBatch batch) {
        Stamp begun = batch.barrier();
        for (KeyEviction eviction : batch.evictions()) {
            if (eviction.mode() == Mode.HARD || guards.contains(Guard.SOFT_REFUSES_TOO)) {
                begun = Stamp.max(begun, eviction.killsBelow());
            }
        }
        return begun;
    }

    private boolean kill(KeyEviction eviction) {
        int row = SimKeys.row(eviction.key());
        Entry entry = row < 0 ? null : entries[row];
        if (entry == null || !entry.header().stamp().isKilledBy(eviction.killsBelow())) {
            return false;
        }
        entries[row] =
                eviction.mode() == Mode.HARD
                        ? null
                        : new Entry(marked(entry.header(), eviction.killsBelow()), entry.value());
        return true;
    }

    /** As a fill is stored, but not over anything. */
    private boolean replace(KeyEviction eviction, Marker marker) {
        Entry replacement = eviction.replacement();
        int row = SimKeys.row(eviction.key());
        boolean late =
                eviction.killsBelow().isKilledBy(marker.begun())
                        && guards.contains(Guard.LATE_FILLS_REFUSED);
        if (replacement == null || late || entries[row] != null) {
            return false;
        }
        entries[row] = replacement;
        return true;
    }

    private static EntryHeader marked(EntryHeader header, Stamp softMark) {
        return new EntryHeader(
                header.kind(),
                header.stamp(),
                Stamp.max(header.softMark(), softMark),
                header.created(),
                header.softExpiry(),
                header.hardExpiry(),
                header.loadCost(),
                header.contentType(),
                header.tags());
    }
}
