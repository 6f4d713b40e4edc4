package io.freshet.engine.telemetry;

import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys that weigh most in a stream, in a fixed number of counters (Metwally, Agrawal, El
 * Abbadi: Efficient computation of frequent and top-k elements in data streams, 2005).
 *
 * <p>A key without a counter takes over the smallest one. With m counters and a stream of total
 * weight N, every key that weighs more than N/m has a counter. What a counter tells of its key is
 * counted since the key took it over: never more than the truth, and less by at most N/m.
 *
 * <p>Counters stand in a binary heap, smallest first: O(log m) at worst, O(1) for the frequent keys
 * near its leaves. Not thread-safe.
 */
final class SpaceSaving {

    private static final class Counter {

        final EntryKey key;
        final long before;
        long hits;
        long misses;
        int place;

        Counter(EntryKey key, long before) {
            this.key = key;
            this.before = before;
        }

        long weight() {
            return before + hits + misses;
        }

        long counted() {
            return hits + misses;
        }
    }

    private final @Nullable Counter[] heap;
    private final Map<EntryKey, Counter> byKey = new HashMap<>();
    private int size;

    SpaceSaving(int counters) {
        heap = new Counter[counters];
    }

    /** Counts a request that stands for {@code weight} of its kind. */
    void add(EntryKey key, boolean hit, int weight) {
        Counter counter = byKey.get(key);
        if (counter == null) {
            counter = size < heap.length ? grow(key) : takeOverSmallest(key);
        }
        if (hit) {
            counter.hits += weight;
        } else {
            counter.misses += weight;
        }
        sink(counter);
    }

    /** Those that certainly weigh most, most first. */
    List<HotKey> top(int atMost) {
        return Arrays.stream(heap, 0, size)
                .map(Objects::requireNonNull)
                .sorted(Comparator.comparingLong(Counter::counted).reversed())
                .limit(atMost)
                .map(counter -> new HotKey(counter.key, counter.hits, counter.misses))
                .toList();
    }

    private Counter grow(EntryKey key) {
        var counter = new Counter(key, 0);
        put(counter, size++);
        byKey.put(key, counter);
        // It weighs nothing yet, so its place is at the top.
        for (int at = counter.place; at > 0 && weightAt(parent(at)) > 0; at = parent(at)) {
            swap(at, parent(at));
        }
        return counter;
    }

    private Counter takeOverSmallest(EntryKey key) {
        Counter smallest = at(0);
        byKey.remove(smallest.key);
        var counter = new Counter(key, smallest.weight());
        put(counter, 0);
        byKey.put(key, counter);
        return counter;
    }

    private void sink(Counter counter) {
        while (true) {
            int left = 2 * counter.place + 1;
            if (left >= size) {
                return;
            }
            int smaller = left + 1 < size && weightAt(left + 1) < weightAt(left) ? left + 1 : left;
            if (weightAt(smaller) >= counter.weight()) {
                return;
            }
            swap(counter.place, smaller);
        }
    }

    private static int parent(int place) {
        return (place - 1) / 2;
    }

    private void swap(int a, int b) {
        Counter atA = at(a);
        put(at(b), a);
        put(atA, b);
    }

    private void put(Counter counter, int place) {
        heap[place] = counter;
        counter.place = place;
    }

    private Counter at(int place) {
        return Objects.requireNonNull(heap[place]);
    }

    private long weightAt(int place) {
        return at(place).weight();
    }
}
