package io.freshet.warmer.popularity;

import io.freshet.contracts.id.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/**
 * How much keys are asked for, in bounded memory: a request weighs 1 when it is made and half as
 * much after every half-life.
 *
 * <p><b>Decay</b> is forward decay (Cormode et al., "Forward Decay", ICDE 2009): what is seen at t
 * enters as {@code w * 2^((t - landmark) / halfLife)}, so that nothing has to be touched to age and
 * the order of arrival does not matter. The landmark moves on before the numbers grow too large.
 *
 * <p><b>Memory</b> is bounded as in Anderson et al., "A High-Performance Algorithm for Identifying
 * Frequent Items in Data Streams", IMC 2017: when there are more than {@code capacity} counters,
 * the median of them is taken from each, and those that have nothing left go.
 *
 * <p><b>Error</b>: an estimate is never above what was added, and below it by at most {@code 2 * W
 * / capacity}, where W is the decayed weight of everything added. So a key with a larger share than
 * that is never lost. Up to {@code capacity} distinct keys, estimates are exact.
 *
 * <p>Adding costs O(log capacity), amortised. Not thread-safe.
 */
final class DecayedCounts {

    /** Half-lives after which the landmark moves; 2^256 times any count is far from overflowing. */
    private static final double FARTHEST = 256;

    private final int capacity;
    private final double halfLifeMillis;
    private final Map<EntryKey, Double> scaled = new HashMap<>();
    private Instant landmark;

    /**
     * @param capacity most counters kept
     * @param start about when the first request is made
     */
    DecayedCounts(int capacity, Duration halfLife, Instant start) {
        this.capacity = capacity;
        this.halfLifeMillis = halfLife.toMillis();
        this.landmark = start;
    }

    /** Adds requests for a key. */
    void add(EntryKey key, double requests, Instant at) {
        if (halfLives(at) > FARTHEST) {
            moveLandmark(at);
        }
        double weight = requests * Math.pow(2, halfLives(at));
        if (weight > 0) {
            scaled.merge(key, weight, Double::sum);
            if (scaled.size() > capacity) {
                purge();
            }
        }
    }

    /** Says what is left at a time of all that was added for a key. */
    void set(EntryKey key, double requests, Instant at) {
        scaled.remove(key);
        add(key, requests, at);
    }

    /** Tells every key that has a counter, and what is left at a time of its requests. */
    void forEach(Instant at, ObjDoubleConsumer<EntryKey> consumer) {
        double growth = Math.pow(2, halfLives(at));
        scaled.forEach((key, weight) -> consumer.accept(key, weight / growth));
    }

    /** What is left at a time of all that was added for a key. */
    double estimate(EntryKey key, Instant at) {
        return scaled.getOrDefault(key, 0.0) / Math.pow(2, halfLives(at));
    }

    /** The keys asked for most, most first; equals in the order of their names. */
    List<EntryKey> top(int count) {
        return scaled.entrySet().stream()
                .sorted(
                        Comparator.comparingDouble(Map.Entry<EntryKey, Double>::getValue)
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    int size() {
        return scaled.size();
    }

    private double halfLives(Instant at) {
        return Duration.between(landmark, at).toMillis() / halfLifeMillis;
    }

    private void moveLandmark(Instant to) {
        double factor = Math.pow(2, -halfLives(to));
        scaled.replaceAll((key, weight) -> weight * factor);
        scaled.values().removeIf(weight -> weight <= 0);
        landmark = to;
    }

    private void purge() {
        double[] weights = scaled.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(weights);
        double median = weights[weights.length / 2];
        scaled.replaceAll((key, weight) -> weight - median);
        scaled.values().removeIf(weight -> weight <= 0);
    }
}
