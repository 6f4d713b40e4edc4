package io.freshet.infra.check;

import io.freshet.infra.check.instance.Api;
import io.freshet.infra.check.load.Keys;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many reads the nodes answered past their cache because the pipeline lagged past the window:
 * the sum of what their metrics grow by, over restarts.
 */
final class WindowCounts {
    private static final String METRIC = "freshet_window_exceeded_total{";

    /** A scrape costs a node as much as a thousand reads. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Map<String, Long> last = new HashMap<>();
    private long total;
    private long looked = System.nanoTime() - INTERVAL.toNanos();

    /** Asks the nodes now and then; one that does not answer is left out. */
    void look(List<Api> nodes) {
        if (System.nanoTime() - looked < INTERVAL.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        for (Api node : nodes) {
            try {
                take(node.node(), node.metrics());
            } catch (IOException _) {
                // Down, or paused.
            }
        }
    }

    void take(String node, String metrics) {
        long now =
                metrics.lines()
                        .filter(line ->
                                line.startsWith(METRIC)
                                        && line.contains("namespace=\"" + Keys.NAMESPACE + "\""))
                        .mapToLong(line ->
                                (long)
                                        Double.parseDouble(
                                                line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
        Long before = last.put(node, now);
        if (before != null) {
            total += now >= before ? now - before : now;
        }
    }

    long total() {
        return total;
    }
}
