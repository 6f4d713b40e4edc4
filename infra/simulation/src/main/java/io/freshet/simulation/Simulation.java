package io.freshet.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs histories. */
final class Simulation {

    private static final int BATCH = 2_000;

    private Simulation() {}

    /** Runs the history of one seed with every guard in force. */
    static @Nullable Violation run(long seed) {
        return new World(seed, Climate.of(seed), EnumSet.allOf(Guard.class), false).run();
    }

    /** Runs a history and keeps what was done, for people. */
    static @Nullable Violation replay(long seed, Climate climate, Set<Guard> guards) {
        return new World(seed, climate, guards, true).run();
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
        return violation == null
                ? null
                : replay(
                        violation.seed(), Climate.of(violation.seed()), EnumSet.allOf(Guard.class));
    }

    /**
     * Looks for the shortest history that breaks a promise when a guard is missing, in the climate
     * that it names. Goes through the seeds in batches, and through the whole of the batch in which
     * it finds enough: so what it finds does not depend on how many processors look.
     *
     * @param count seeds that are tried at most
     * @param enough broken histories to choose from
     * @return null when none of the seeds breaks a promise
     */
    static @Nullable Violation shortestWithout(
            Guard guard, long firstSeed, long count, int enough) {
        Set<Guard> guards = EnumSet.complementOf(EnumSet.of(guard));
        List<Violation> found = new ArrayList<>();
        for (long from = firstSeed;
                from < firstSeed + count && found.size() < enough;
                from += BATCH) {
            LongStream.range(from, Math.min(from + BATCH, firstSeed + count))
                    .parallel()
                    .mapToObj(seed ->
                            Optional.ofNullable(
                                    new World(seed, guard.climate(), guards, false).run()))
                    .flatMap(Optional::stream)
                    .forEachOrdered(found::add);
        }
        return found.stream()
                .min(Comparator.comparingInt(Violation::steps))
                .map(shortest -> replay(shortest.seed(), guard.climate(), guards))
                .orElse(null);
    }
}
