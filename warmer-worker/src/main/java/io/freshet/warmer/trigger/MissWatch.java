package io.freshet.warmer.trigger;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.warmer.worth.HoldOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices namespaces that miss more than they should, and which of their keys.
 *
 * <p>It counts in windows of ten seconds; a namespace that is read less than a hundred times in one
 * is not judged by it, and one that was warmed rests for a minute. Of each at most 4,096 keys are
 * counted in a window. Thread-safe.
 */
public final class MissWatch {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final long LEAST_READS = 100;
    private static final int KEYS = 4_096;

    private final Map<Namespace, Window> windows = new HashMap<>();
    private final Map<Namespace, Instant> resting = new HashMap<>();
    private Instant windowBegan = Instant.EPOCH;

    /** What a namespace misses. */
    record Missed(NamespaceConfig namespace, List<EntryKey> keys) {}

    private static final class Window {
        private long hits;
        private long misses;
        private final Map<EntryKey, Long> missed = new HashMap<>();
    }

    /** Takes in what a node saw. */
    public synchronized void add(Traffic traffic) {
        Window window = windows.computeIfAbsent(traffic.namespace(), _ -> new Window());
        window.hits += traffic.nearHits() + traffic.redisHits();
        window.misses += traffic.misses();
        for (Traffic.HotKey key : traffic.hot()) {
            if (key.misses() > 0
                    && (window.missed.size() < KEYS || window.missed.containsKey(key.key()))) {
                window.missed.merge(key.key(), key.misses(), Long::sum);
            }
        }
    }

    /** Those that missed too much in the window that has ended, if one has. */
    synchronized List<Missed> tooMany(Iterable<NamespaceConfig> namespaces, Instant now) {
        if (now.isBefore(windowBegan.plus(WINDOW))) {
            return List.of();
        }
        resting.values().removeIf(until -> !now.isBefore(until));
        List<Missed> found = new ArrayList<>();
        for (NamespaceConfig namespace : namespaces) {
            Window window = windows.get(namespace.name());
            if (window != null && isTooMuch(namespace, window)) {
                resting.put(namespace.name(), now.plus(REST));
                found.add(new Missed(namespace, most(namespace, window.missed)));
            }
        }
        windows.clear();
        windowBegan = now;
        return found;
    }

    private boolean isTooMuch(NamespaceConfig namespace, Window window) {
        int most = namespace.warming().missRateAbove();
        long reads = window.hits + window.misses;
        return most > 0
                && reads >= LEAST_READS
                && window.misses * 100 > reads * most
                && !resting.containsKey(namespace.name());
    }

    private static List<EntryKey> most(NamespaceConfig namespace, Map<EntryKey, Long> missed) {
        HoldOut holdOut = HoldOut.of(namespace);
        return missed.entrySet().stream()
                .filter(entry -> !holdOut.holds(entry.getKey()))
                .sorted(
                        Comparator.comparingLong(Map.Entry<EntryKey, Long>::getValue)
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .limit(Math.max(1, namespace.warming().top()))
                .toList();
    }
}
