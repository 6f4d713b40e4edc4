package io.freshet.simulation;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.EntryStore;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.PutOutcome;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.engine.store.StoredEntry;
import io.freshet.stream.applier.EvictionTarget;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The store as nodes and appliers reach it: a {@link SimRedis}, and a replica that may be promoted
 * when it has not seen the last writes. It may fail to answer, whatever it did.
 */
final class SimStore implements EntryStore, EvictionTarget {

    private static final int MAX_FAILOVERS = 2;

    private final Schedule schedule;
    private final Set<Guard> guards;
    private final Puts puts;
    private SimRedis primary;
    private SimRedis replica;
    private int failovers;
    private int losses;

    SimStore(Schedule schedule, Set<Guard> guards, Puts puts) {
        this.schedule = schedule;
        this.guards = guards;
        this.puts = puts;
        primary = SimRedis.initialised(guards);
        replica = primary.copy();
        schedule.chaos(
                Trouble.FAILOVERS,
                "redis replicates",
                6,
                this::mayFailOver,
                () -> replica = primary.copy());
        schedule.chaos(Trouble.FAILOVERS, "redis fails over", 2, this::mayFailOver, this::failOver);
        schedule.chaos(Trouble.LOSSES, "redis loses everything", 1, this::mayFailOver, this::flush);
        schedule.chaos(Trouble.LOSSES, "redis evicts", 2, () -> true, this::evictAny);
    }

    /** Holds an entry from the start, replicated. */
    void beginWith(int row, Entry entry) {
        primary.hold(row, entry);
        replica.hold(row, entry);
    }

    /** How often it was replaced by another, which may hold older values. */
    int failovers() {
        return failovers;
    }

    /** How often it has lost something that callers put and nobody asked it to forget. */
    int losses() {
        return losses;
    }

    @Nullable Marker marker(int bucket) {
        return primary.marker(bucket);
    }

    @Nullable Entry entry(int row) {
        return primary.entry(row);
    }

    @Override
    public CompletionStage<StoredEntry> read(Namespace namespace, EntryKey key) {
        int row = SimKeys.row(key);
        int bucket = SimKeys.bucketOf(row);
        if (guards.contains(Guard.READ_TOGETHER)) {
            return ask(
                    () -> "redis reads " + key,
                    () -> new StoredEntry(primary.entry(row), primary.marker(bucket)));
        }
        return ask(
                        () -> "redis reads entry " + key,
                        () -> new StoredEntry(primary.entry(row), null))
                .thenCompose(first ->
                        ask(
                                () -> "redis reads marker of " + key,
                                () -> new StoredEntry(first.entry(), primary.marker(bucket))));
    }

    @Override
    public CompletionStage<List<StoredEntry>> readAll(Namespace namespace, List<EntryKey> keys) {
        throw new UnsupportedOperationException("no path under simulation reads many keys");
    }

    @Override
    public CompletionStage<FillOutcome> fill(Namespace namespace, EntryKey key, Entry entry) {
        Stamp stamp = entry.header().stamp();
        return schedule.ask(
                () -> "redis fills " + key + " v" + SimKeys.valueOf(entry) + " at " + stamp,
                () -> noted(primary.fill(SimKeys.row(key), entry)),
                SimStore::silence,
                schedule.weather().slowFills());
    }

    @Override
    public CompletionStage<PutOutcome> put(Namespace namespace, EntryKey key, Entry entry) {
        int row = SimKeys.row(key);
        return ask(
                () -> "redis puts " + key + " #" + SimKeys.valueOf(entry),
                () -> {
                    puts.arrived(row, SimKeys.valueOf(entry), failovers);
                    return noted(primary.put(row, entry));
                });
    }

    @Override
    public CompletionStage<Boolean> evict(Namespace namespace, EntryKey key, Stamp killsBelow) {
        return ask(
                () -> "redis evicts " + key + " below " + killsBelow,
                () -> primary.evict(SimKeys.row(key), killsBelow));
    }

    @Override
    public CompletionStage<ApplyOutcome> apply(BucketBatch batch) {
        return atOnce(() -> noted(primary.apply(batch, this::move)));
    }

    @Override
    public CompletionStage<Map<Integer, Marker>> markers(
            Namespace namespace, Collection<Integer> buckets) {
        return atOnce(() -> {
            Map<Integer, Marker> found = new HashMap<>();
            for (int bucket : buckets) {
                Marker marker = primary.marker(SimKeys.bucket(namespace, bucket));
                if (marker != null) {
                    found.put(bucket, marker);
                }
            }
            return found;
        });
    }

    @Override
    public CompletionStage<Marker> initialise(
            Namespace namespace, int bucket, Stamp at, long nextOffset) {
        return atOnce(
                () -> noted(primary.initialise(SimKeys.bucket(namespace, bucket), at, nextOffset)));
    }

    @Override
    public CompletionStage<Set<String>> servers() {
        throw new UnsupportedOperationException("the appliers do not watch their servers");
    }

    private void move(int bucket, UnaryOperator<Marker> to) {
        if (guards.contains(Guard.MARKER_ATOMIC)) {
            primary.move(bucket, to);
        } else {
            schedule.send(() -> "marker moves apart", () -> primary.move(bucket, to));
        }
    }

    private <T> CompletionStage<T> ask(Supplier<String> label, Supplier<T> atServer) {
        return schedule.ask(label, atServer, SimStore::silence, false);
    }

    /** One step, the answer included: an applier waits for it. */
    private <T> CompletionStage<T> atOnce(Supplier<T> atServer) {
        if (schedule.isFlaky()) {
            if (schedule.chance(50)) {
                T _ = atServer.get();
            }
            return CompletableFuture.failedFuture(silence());
        }
        return CompletableFuture.completedFuture(atServer.get());
    }

    private <T> T noted(T outcome) {
        schedule.note(() -> "redis: " + outcome);
        return outcome;
    }

    private static RuntimeException silence() {
        return new StoreUnavailableException("no answer", new IllegalStateException());
    }

    private boolean mayFailOver() {
        return failovers < MAX_FAILOVERS;
    }

    private void failOver() {
        puts.storeForgot();
        failovers++;
        losses++;
        primary =
                guards.contains(Guard.MARKER_INSIDE)
                        ? replica.copy()
                        : replica.withMarkersOf(primary);
    }

    private void flush() {
        puts.storeForgot();
        failovers++;
        losses++;
        primary = SimRedis.empty(guards);
    }

    private void evictAny() {
        int row = schedule.pick(SimKeys.COUNT);
        losses += SimKeys.isSourced(row) ? 0 : 1;
        primary.forget(row);
    }
}
