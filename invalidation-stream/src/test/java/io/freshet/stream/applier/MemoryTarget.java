package io.freshet.stream.applier;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a bucket, in memory, with what a real store does only on its bad days: failing over
 * to a state of the past, losing everything, not answering.
 */
final class MemoryTarget implements EvictionTarget {

    private record Place(Namespace namespace, int bucket) {}

    private Map<Place, Marker> markers = new HashMap<>();
    private Map<EntryKey, Stamp> entries = new HashMap<>();
    private int answersLeft = Integer.MAX_VALUE;
    private int calls;
    private Set<String> servers = Set.of("first");

    record State(Map<Place, Marker> markers, Map<EntryKey, Stamp> entries) {}

    State state() {
        return new State(new HashMap<>(markers), new HashMap<>(entries));
    }

    void failOverTo(State past) {
        markers = new HashMap<>(past.markers());
        entries = new HashMap<>(past.entries());
    }

    void loseEverything() {
        markers.clear();
        entries.clear();
    }

    void restart() {
        servers = Set.of("second");
    }

    void answerOnly(int calls) {
        answersLeft = calls;
    }

    void answer() {
        answersLeft = Integer.MAX_VALUE;
    }

    int calls() {
        return calls;
    }

    /** Whether the fill was taken. */
    boolean fill(Namespace namespace, int bucket, EntryKey key, Stamp stamp) {
        Marker marker = markers.get(new Place(namespace, bucket));
        if (marker == null || stamp.isKilledBy(marker.begun())) {
            return false;
        }
        entries.put(key, stamp);
        return true;
    }

    /** Takes it, whether or not the bucket has a marker. */
    void put(EntryKey key, Stamp stamp) {
        entries.put(key, stamp);
    }

    boolean holds(EntryKey key) {
        return entries.containsKey(key);
    }

    @Nullable Marker marker(Namespace namespace, int bucket) {
        return markers.get(new Place(namespace, bucket));
    }

    void put(Namespace namespace, int bucket, Marker marker) {
        markers.put(new Place(namespace, bucket), marker);
    }

    @Override
    public CompletionStage<ApplyOutcome> apply(BucketBatch batch) {
        return answered(() -> applied(batch));
    }

    private ApplyOutcome applied(BucketBatch batch) {
        var place = new Place(batch.namespace(), batch.bucket());
        Marker marker = markers.get(place);
        if (marker != null && marker.nextOffset() < batch.continuesFrom()) {
            return new ApplyOutcome.Behind(marker.nextOffset());
        }
        Stamp begun = batch.barrier();
        int removed = 0;
        int marked = 0;
        for (KeyEviction eviction : batch.evictions()) {
            begun = Stamp.max(begun, eviction.killsBelow());
            Stamp stamp = entries.get(eviction.key());
            if (stamp != null && stamp.isKilledBy(eviction.killsBelow())) {
                if (eviction.mode() == Mode.HARD) {
                    entries.remove(eviction.key());
                    removed++;
                } else {
                    marked++;
                }
            }
        }
        if (marker == null) {
            return new ApplyOutcome.Uninitialised();
        }
        boolean anew = !batch.barrier().equals(Stamp.ZERO);
        markers.put(
                place,
                new Marker(
                        Stamp.max(begun, marker.begun()),
                        Stamp.max(marker.applied(), batch.through()),
                        anew
                                ? batch.nextOffset()
                                : Math.max(marker.nextOffset(), batch.nextOffset()),
                        Stamp.max(marker.barrier(), batch.barrier())));
        return new ApplyOutcome.Applied(removed, marked);
    }

    @Override
    public CompletionStage<Map<Integer, Marker>> markers(
            Namespace namespace, Collection<Integer> buckets) {
        return answered(() -> {
            var found = new HashMap<Integer, Marker>();
            for (int bucket : buckets) {
                Marker marker = markers.get(new Place(namespace, bucket));
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
        return answered(() ->
                markers.computeIfAbsent(
                        new Place(namespace, bucket), _ -> new Marker(at, at, nextOffset)));
    }

    @Override
    public CompletionStage<Set<String>> servers() {
        return answered(() -> servers);
    }

    private <T> CompletionStage<T> answered(Supplier<T> answer) {
        calls++;
        if (answersLeft == 0) {
            return CompletableFuture.failedStage(
                    new StoreUnavailableException("gone", new IllegalStateException("gone")));
        }
        answersLeft--;
        return CompletableFuture.completedStage(answer.get());
    }
}
