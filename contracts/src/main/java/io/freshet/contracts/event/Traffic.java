package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one node saw of one namespace during a window, on {@code freshet.telemetry}. Its size is
 * bounded whatever the traffic: totals, and the keys asked for most.
 *
 * @param window length of the window that ended at {@code at}
 * @param loads what reading the source cost
 * @param hot the keys asked for most, most first
 */
public record Traffic(
        String node,
        Namespace namespace,
        Instant at,
        Duration window,
        long nearHits,
        long redisHits,
        long misses,
        Loads loads,
        List<HotKey> hot) {

    public Traffic {
        hot = List.copyOf(hot);
    }

    /** Of reads alone. */
    public Traffic(
            String node,
            Namespace namespace,
            Instant at,
            Duration window,
            long nearHits,
            long redisHits,
            long misses,
            List<HotKey> hot) {
        this(node, namespace, at, window, nearHits, redisHits, misses, Loads.NONE, hot);
    }

    /** One of the keys asked for most. */
    public record HotKey(EntryKey key, long hits, long misses) {}

    /**
     * Reads of the source.
     *
     * @param took all of them together
     */
    public record Loads(long count, Duration took) {

        public static final Loads NONE = new Loads(0, Duration.ZERO);
    }
}
