package io.freshet.infra.check.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How a set of durations spreads.
 *
 * @param above how many are longer than zero
 */
public record Spread(long count, long above, Duration p50, Duration p99, Duration max) {

    static Spread of(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        return new Spread(
                sorted.length,
                Arrays.stream(sorted).filter(value -> value > 0).count(),
                Duration.ofNanos(sorted[sorted.length / 2]),
                Duration.ofNanos(sorted[(int) (sorted.length * 99L / 100)]),
                Duration.ofNanos(sorted[sorted.length - 1]));
    }
}
