package io.freshet.engine.namespace;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a namespace is loaded before it is asked for, and when. Only namespaces with a source are
 * warmed.
 *
 * @param top how many of the keys asked for most are warmed at the worker's start, on the schedule
 *     and after a loss; 0 for none
 * @param cron when they are warmed besides; null for never
 * @param missRateAbove percent of reads that may miss before the keys missed most are warmed; 0 for
 *     never
 * @param afterInvalidation how many of the keys asked for most are loaded again as soon as they are
 *     invalidated; 0 for none
 * @param holdOut percent of keys that are not warmed unless they are named, so that the worth of
 *     warming can be measured
 * @param queries by name: queries of a SQL source whose first column holds keys, warmed with the
 *     top
 */
public record Warming(
        int top,
        @Nullable Cron cron,
        int missRateAbove,
        int afterInvalidation,
        int holdOut,
        Map<String, String> queries) {

    public static final Warming DEFAULT = new Warming(1_000, null, 0, 0, 1, Map.of());

    /** The largest number of keys that popularity may choose. */
    public static final int MAX_TOP = 1_000_000;

    public Warming {
        queries = Map.copyOf(queries);
        requireTop("top", top);
        requireTop("after-invalidation", afterInvalidation);
        requirePercent("miss-rate-above", missRateAbove, 99);
        requirePercent("hold-out", holdOut, 50);
        for (var query : new TreeMap<>(queries).entrySet()) {
            if (query.getValue().isBlank()) {
                throw new IllegalArgumentException(
                        "warm.queries.%s must not be empty".formatted(query.getKey()));
            }
        }
    }

    private static void requireTop(String field, int value) {
        if (value < 0 || value > MAX_TOP) {
            throw new IllegalArgumentException("warm.%s must be 0 to %d".formatted(field, MAX_TOP));
        }
    }

    private static void requirePercent(String field, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "warm.%s must be 0 to %d percent".formatted(field, most));
        }
    }
}
