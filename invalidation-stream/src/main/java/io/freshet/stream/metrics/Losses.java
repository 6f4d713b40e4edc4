package io.freshet.stream.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What this process has found lost since it started, for its health. Thread-safe. */
public final class Losses {

    private final Map<String, Instant> last = new TreeMap<>();

    synchronized void found(String what, Instant at) {
        last.put(what, at);
    }

    /** What was lost, and when that was last found. */
    public synchronized Map<String, Instant> last() {
        return new TreeMap<>(last);
    }
}
