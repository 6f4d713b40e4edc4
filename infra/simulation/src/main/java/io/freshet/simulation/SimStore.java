package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoredEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The store with the semantics of the Redis scripts, and a replica that may be promoted when it has
 * not seen the last writes. A bucket is a partition here.
 */
final class SimStore implements EntryStore {

    private static final Stamp START = Stamp.of(1, 0);
    private static final int MAX_FAILOVERS = 2;

    private final Schedule schedule;
    private final Set<Guard> guards;
    private @Nullable Entry[] entries = new Entry[SimKeys.COUNT];
    private @Nullable Marker[] markers = new Marker[SimKeys.PARTITIONS];
    private @Nullable Entry[] replicaEntries = entries.clone();
    private @Nullable Marker[] replicaMarkers;
    private int failovers;

    SimStore(Schedule schedule, Set<Guard> guards) {
        this.schedule = schedule;
        this.guards = guards;
        for (int bucket = 0; bucket < SimKeys.PARTITIONS; bucket++) {
            markers[bucket] = new Marker(START, START, 0);
        }
        replicaMarkers = markers.clone();
        schedule.chaos("redis replicates", 6, () -> failovers < MAX_FAILOVERS, this::replicate);
        schedule.chaos("redis fails over", 2, () -> failovers < MAX_FAILOVERS, this::failOver);
        schedule.chaos("redis loses everything", 1, () -> failovers < MAX_FAILOVERS, this::flush);
        schedule.chaos("redis evicts", 2, () -> true, this::evictAny);
    }

    /** Holds an entry from the start, replicated. */
    void beginWith(int row, Entry entry) {
        entries[row] = entry;
        replicaEntries[row] = entry;
    }

    @Nullable Marker marker(int bucket) {
        return markers[bucket];
    }

    @Nullable Entry entry(int row) {
        return entries[row];
    }

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        int row = SimKeys.row(key);
        int bucket = SimKeys.partitionOf(row);
        if (guards.contains(Guard.READ_TOGETHER)) {
            return schedule.ask(
                    () -> "redis reads " + key,
                    () -> new StoredEntry(entries[row], markers[bucket]));
        }
        return schedule.ask(
                        () -> "redis reads entry " + key, () -> new StoredEntry(entries[row], null))
                .thenCompose(first ->
                        schedule.ask(
                                () -> "redis reads marker of " + key,
                                () -> new StoredEntry(first.entry(), markers[bucket])));
    }

    @Override
    public CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> keys) {
        throw new UnsupportedOperationException("no path under simulation reads many keys");
    }

    @Override
    public CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry) {
        return schedule.ask(
                () -> "redis fills " + key + " at " + entry.header().stamp(),
                () -> fill(SimKeys.row(key), entry));
    }

    private FillOutcome fill(int row, Entry entry) {
        Marker marker = markers[SimKeys.partitionOf(row)];
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
        schedule.note(() -> "stored k" + row + " v" + SimNode.versionOf(entry) + " at " + stamp);
        return new FillOutcome.Stored();
    }

    @Override
    public CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry) {
        throw new UnsupportedOperationException("the simulated namespace has a source");
    }

    @Override
    public CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow) {
        throw new UnsupportedOperationException("no path under simulation deletes");
    }

    /** What the apply script does, in one step. */
    ApplyOutcome apply(BucketBatch batch) {
        Marker marker = markers[batch.bucket()];
        if (marker == null) {
            return new ApplyOutcome.Uninitialised();
        }
        if (marker.nextOffset() < batch.continuesFrom() && guards.contains(Guard.MARKER_CHAINED)) {
            return new ApplyOutcome.Behind(marker.nextOffset());
        }
        Stamp begun = marker.begun();
        int removed = 0;
        for (KeyEviction eviction : batch.evictions()) {
            begun = Stamp.max(begun, eviction.killsBelow());
            removed += kill(eviction) ? 1 : 0;
        }
        if (guards.contains(Guard.MARKER_ATOMIC)) {
            markers[batch.bucket()] = moved(marker, begun, batch);
        } else {
            Stamp raised = begun;
            schedule.send(() -> "marker moves apart", () -> moveApart(raised, batch));
        }
        return new ApplyOutcome.Applied(removed, 0);
    }

    private void moveApart(Stamp begun, BucketBatch batch) {
        Marker marker = markers[batch.bucket()];
        if (marker != null) {
            markers[batch.bucket()] = moved(marker, Stamp.max(begun, marker.begun()), batch);
        }
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

    private static Marker moved(Marker marker, Stamp begun, BucketBatch batch) {
        return new Marker(
                begun,
                Stamp.max(marker.applied(), batch.through()),
                Math.max(marker.nextOffset(), batch.nextOffset()));
    }

    /** What the initialise script does. */
    void initialise(int bucket, Stamp at, long nextOffset) {
        if (markers[bucket] == null) {
            markers[bucket] = new Marker(at, at, nextOffset);
        }
    }

    private void replicate() {
        replicaEntries = entries.clone();
        replicaMarkers = markers.clone();
    }

    private void failOver() {
        failovers++;
        entries = replicaEntries.clone();
        if (guards.contains(Guard.MARKER_INSIDE)) {
            markers = replicaMarkers.clone();
        }
    }

    private void flush() {
        failovers++;
        entries = new Entry[SimKeys.COUNT];
        markers = new Marker[SimKeys.PARTITIONS];
    }

    private void evictAny() {
        entries[schedule.pick(SimKeys.COUNT)] = null;
    }
}
