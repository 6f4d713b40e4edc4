package io.freshet.simulation;

import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.freshness.LogView;
import io.freshet.engine.freshness.UnguardedViews;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.read.Paths;
import io.freshet.engine.read.UnguardedPaths;
import java.util.Set;

/** Makes the real classes, or those in which a guard is missing. */
final class Mutants {

    private final Set<Guard> guards;

    Mutants(Set<Guard> guards) {
        this.guards = guards;
    }

    LogView logView(Partitioning partitioning, ViewLimits limits) {
        if (!guards.contains(Guard.FLOOR)) {
            return UnguardedViews.withoutFloor(partitioning, limits);
        }
        if (!guards.contains(Guard.FLOOR_L1)) {
            return UnguardedViews.withoutFloorForNearCopies(partitioning, limits);
        }
        if (!guards.contains(Guard.HARD_AND_SOFT_APART)) {
            return UnguardedViews.withSoftHidingHard(partitioning, limits);
        }
        return new LogView(partitioning, limits);
    }

    Paths paths(Paths.World world) {
        return guards.contains(Guard.NO_LATE_JOINERS)
                ? Paths.over(world)
                : UnguardedPaths.withLateJoiners(world);
    }
}
