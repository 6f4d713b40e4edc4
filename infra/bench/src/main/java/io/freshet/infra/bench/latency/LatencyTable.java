package io.freshet.infra.bench.latency;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The latencies of every stage, and by how much enforcement comes behind Debezium alone.
 *
 * @param missing updates that a stage never saw
 */
record LatencyTable(Map<Stage, Histogram> latencies, Map<Stage, Long> missing) {

    /** By how much the median, and the 99th percentile, may be behind Debezium's. */
    private static final double AIM_P50_MILLIS = 5;

    private static final double AIM_P99_MILLIS = 20;

    static LatencyTable of(Flights flights, int from, int to) {
        var latencies = new EnumMap<Stage, Histogram>(Stage.class);
        var missing = new EnumMap<Stage, Long>(Stage.class);
        for (Stage stage : Stage.values()) {
            Histogram seen = flights.latencies(stage, from, to);
            latencies.put(stage, seen == null ? new Histogram(3) : seen);
            missing.put(stage, flights.missing(stage, from, to));
        }
        return new LatencyTable(latencies, missing);
    }

    /** Whether every stage saw every update: without that the latencies mean nothing. */
    boolean isComplete() {
        return missing.values().stream().allMatch(count -> count == 0);
    }

    /** How much later than Debezium alone, in milliseconds. */
    double behind(double percentile) {
        return millis(Stage.ENFORCED, percentile) - millis(Stage.BARE, percentile);
    }

    /** Prints the table; whether it is complete. */
    boolean print(PrintStream out) {
        out.printf(
                "%-24s %9s %9s %9s %9s %9s%n",
                "ms from acknowledgement", "updates", "p50", "p90", "p99", "max");
        latencies.forEach((stage, seen) ->
                out.printf(
                        "%-24s %,9d %9.1f %9.1f %9.1f %9.1f%n",
                        stage.label(),
                        seen.getTotalCount(),
                        millis(stage, 50),
                        millis(stage, 90),
                        millis(stage, 99),
                        millis(stage, 100)));
        out.printf(
                "%nbehind Debezium alone: p50 %.1f ms (aim %.0f), p99 %.1f ms (aim %.0f)%n",
                behind(50), AIM_P50_MILLIS, behind(99), AIM_P99_MILLIS);
        missing.forEach((stage, count) -> {
            if (count > 0) {
                out.printf("%,d updates were never seen: %s%n", count, stage.label());
            }
        });
        return isComplete();
    }

    private double millis(Stage stage, double percentile) {
        return requireNonNull(latencies.get(stage)).getValueAtPercentile(percentile) / 1_000.0;
    }
}
