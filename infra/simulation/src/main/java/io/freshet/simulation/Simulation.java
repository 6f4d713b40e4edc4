package io.freshet.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs histories. */
final class Simulation {

    private Simulation() {}

    /** Runs the history of one seed with every guard in force. */
    static @Nullable Violation run(long seed) {
        return new World(seed, EnumSet.allOf(Guard.class), false).run();
    }

    /** Runs it again and keeps its history, for people. */
    static @Nullable Violation replay(long seed, Set<Guard> guards) {
        return new World(seed, guards, true).run();
    }

    /**
     * Runs the histories of many seeds on all processors.
     *
     * @return a violation with its history, or null
     */
    static @Nullable Violation runAll(long firstSeed, long count) {
        var found = new AtomicReference<@Nullable Violation>();
        LongStream.range(firstSeed, firstSeed + count)
                .parallel()
                .filter(_ -> found.get() == null)
                .forEach(seed -> {
                    Violation violation = run(seed);
                    if (violation != null) {
                        found.compareAndSet(null, violation);
                    }
                });
        Violation violation = found.get();
        return violation == null ? null : replay(violation.seed(), EnumSet.allOf(Guard.class));
    }

    /**
     * Looks for the shortest history that breaks a promise when a guard is missing.
     *
     * @param enough stop after so many broken histories
     * @return null when none of {@code count} seeds breaks one
     */
    static @Nullable Violation shortestWithout(
            Guard guard, long firstSeed, long count, int enough) {
        Set<Guard> guards = EnumSet.complementOf(EnumSet.of(guard));
        Violation shortest = null;
        int broken = 0;
        for (long seed = firstSeed; seed < firstSeed + count && broken < enough; seed++) {
            Violation violation = new World(seed, guards, false).run();
            if (violation != null) {
                broken++;
                if (shortest == null || violation.steps() < shortest.steps()) {
                    shortest = violation;
                }
            }
        }
        return shortest == null ? null : replay(shortest.seed(), guards);
    }
}
