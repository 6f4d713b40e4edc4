package io.freshet.infra.bench.latency;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * When each update was acknowledged and when it passed each stage.
 *
 * <p>An update is recognised by its key, so a key must not be updated again before all stages have
 * seen it. Only the first arrival at a stage counts. Any thread; the answers are exact once writers
 * and observers are at rest.
 */
final class Flights {

    private static final long NOT_YET = Long.MIN_VALUE;

    private final long[] acknowledged;
    private final Map<Stage, long[]> arrived = new EnumMap<>(Stage.class);
    private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();

    Flights(int updates) {
        acknowledged = new long[updates];
        Arrays.fill(acknowledged, NOT_YET);
        for (Stage stage : Stage.values()) {
            var times = new long[updates];
            Arrays.fill(times, NOT_YET);
            arrived.put(stage, times);
        }
    }

    /** Says that an update is about to be made to the key. */
    void takeOff(int update, String key) {
        inFlight.put(key, update);
    }

    /** Says that the database has acknowledged the update's commit, in nanoseconds. */
    void acknowledged(int update, long now) {
        acknowledged[update] = now;
    }

    /** Says that something about the key passes a stage; keys of nobody's update are ignored. */
    void passes(Stage stage, String key, long now) {
        Integer update = inFlight.get(key);
        if (update != null && timesAt(stage)[update] == NOT_YET) {
            timesAt(stage)[update] = now;
        }
    }

    /** Updates that were acknowledged and have not passed the stage. */
    long missing(Stage stage, int from, int to) {
        long[] times = timesAt(stage);
        return LongStream.range(from, to)
                .mapToInt(Math::toIntExact)
                .filter(i -> acknowledged[i] != NOT_YET && times[i] == NOT_YET)
                .count();
    }

    /**
     * Microseconds from acknowledgement to stage; null when none arrived. An arrival before the
     * acknowledgement counts as zero.
     */
    @Nullable Histogram latencies(Stage stage, int from, int to) {
        var histogram = new Histogram(3);
        long[] times = timesAt(stage);
        for (int i = from; i < to; i++) {
            if (acknowledged[i] != NOT_YET && times[i] != NOT_YET) {
                histogram.recordValue(Math.max(0, times[i] - acknowledged[i]) / 1_000);
            }
        }
        return histogram.getTotalCount() == 0 ? null : histogram;
    }

    private long[] timesAt(Stage stage) {
        return requireNonNull(arrived.get(stage));
    }
}
