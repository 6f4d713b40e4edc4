package io.freshet.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What was written and what was read, on one clock, and whether a read was more outdated than is
 * allowed: it may not answer a version older than the newest one whose commit was acknowledged
 * before the read's start less the window. Thread-safe.
 */
final class History {

    private final Map<String, NavigableMap<Long, Long>> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();

    private record Read(String key, long version, long started, String from) {}

    /**
     * Versions of a key grow.
     *
     * @param at nanoseconds, after COMMIT returned
     */
    void wrote(String key, long version, long at) {
        acknowledged.computeIfAbsent(key, _ -> new ConcurrentSkipListMap<>()).put(at, version);
    }

    /**
     * Notes an answer.
     *
     * @param started nanoseconds, before the request was sent
     * @param from the tier that answered
     */
    void read(String key, long version, long started, String from) {
        reads.add(new Read(key, version, started, from));
    }

    long writes() {
        return acknowledged.values().stream().mapToLong(Map::size).sum();
    }

    long reads() {
        return reads.size();
    }

    /** Every read that was outdated by more than the window, for people. */
    List<String> violations(Duration window) {
        List<String> violations = new ArrayList<>();
        for (Read read : reads) {
            var before =
                    acknowledged
                            .getOrDefault(read.key, new ConcurrentSkipListMap<>())
                            .floorEntry(read.started - window.toNanos());
            if (before != null && read.version < before.getValue()) {
                violations.add(
                        "%s answered version %d of %s, %d ms after version %d was committed"
                                .formatted(
                                        read.from,
                                        read.version,
                                        read.key,
                                        Duration.ofNanos(read.started - before.getKey()).toMillis(),
                                        before.getValue()));
            }
        }
        return violations;
    }
}
