package io.freshet.engine.namespace;

import java.time.Duration;

/**
 * How stale an answer may be at the most, and what happens when that cannot be promised.
 *
 * @param maxStaleness how far the pipeline may lag
 * @param onStale what a node does past it
 */
public record ConsistencyWindow(Duration maxStaleness, StalePolicy onStale) {

    public static final ConsistencyWindow DEFAULT =
            new ConsistencyWindow(Duration.ofSeconds(2), StalePolicy.BYPASS);

    public ConsistencyWindow {
        if (maxStaleness.isNegative() || maxStaleness.isZero()) {
            throw new IllegalArgumentException("max-staleness must be positive");
        }
    }
}
