package io.freshet.warmer.job;

import java.time.Duration;

/**
 * How many loads the source bears at one time, learnt from how long it takes: additive increase,
 * multiplicative decrease (Chiu and Jain, 1989), with latency as the signal of congestion.
 *
 * <p>Loads are judged in windows. When a window's mean is more than twice the baseline, or half of
 * its loads failed, the limit falls by a quarter; else it grows by one. The baseline is the lowest
 * mean seen, raised by 2 % a window at the most: what stays slow is taken for normal in the end. It
 * begins at one load, so that the baseline is learnt from a source at rest.
 *
 * <p>Knows no clock. Not thread-safe.
 */
final class AdaptiveLimit {

    private static final int SMALLEST_WINDOW = 8;
    private static final double TOLERANCE = 2;
    private static final double LEARNING = 1.05;

    /** Differences below this say nothing of a source that answers at once. */
    private static final double NOISE_NANOS = Duration.ofMillis(2).toNanos();

    private final int most;
    private int limit = 1;
    private double baseline = Double.NaN;
    private int samples;
    private int failures;
    private double nanos;

    /**
     * @param most highest limit, at least 1
     */
    AdaptiveLimit(int most) {
        this.most = most;
    }

    int current() {
        return limit;
    }

    /** The source has answered. */
    void answered(Duration took) {
        nanos += took.toNanos();
        samples++;
        judge();
    }

    /** The source has not answered, or the value could not be kept. */
    void failed() {
        failures++;
        judge();
    }

    private void judge() {
        if (samples + failures < Math.max(SMALLEST_WINDOW, limit)) {
            return;
        }
        boolean isSlow = failures >= samples || isSlow(nanos / samples);
        limit = isSlow ? Math.max(1, limit * 3 / 4) : Math.min(most, limit + 1);
        samples = 0;
        failures = 0;
        nanos = 0;
    }

    private boolean isSlow(double mean) {
        boolean isFirst = Double.isNaN(baseline);
        boolean isSlow = !isFirst && mean > baseline * TOLERANCE + NOISE_NANOS;
        double highest = limit == 1 ? baseline * LEARNING : baseline;
        baseline = isFirst ? mean : Math.min(mean, highest);
        return isSlow;
    }
}
