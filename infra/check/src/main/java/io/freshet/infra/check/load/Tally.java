package io.freshet.infra.check.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of what was exercised. Thread-safe. */
public final class Tally {

    /** What is counted. */
    public enum Of {
        COMMITS,
        NOT_COMMITTED,
        PURGES,
        READS,
        FAILED
    }

    private final Map<Of, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

    public void count(Of what, String kind) {
        counts.computeIfAbsent(what, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(kind, _ -> new LongAdder())
                .increment();
    }

    public long total(Of what) {
        return counts(what).values().stream().mapToLong(Long::longValue).sum();
    }

    /** By kind, in alphabetic order. */
    public Map<String, Long> counts(Of what) {
        var copy = new TreeMap<String, Long>();
        counts.getOrDefault(what, Map.of()).forEach((kind, count) -> copy.put(kind, count.sum()));
        return copy;
    }
}
