package io.freshet.engine.read;

import io.freshet.contracts.position.Stamp;

/** Paths in which one guard is missing, for the simulation to find out. */
public final class UnguardedPaths {

    private UnguardedPaths() {}

    /** Lets every caller share the load in progress. */
    public static Paths withLateJoiners(Paths.World world) {
        return Paths.over(
                world,
                loader ->
                        new Coalescer(world.view(), loader) {
                            @Override
                            boolean mayJoin(Id id, Loader.Load load) {
                                return true;
                            }

                            @Override
                            boolean mayHave(Id id, LoadResult result, Stamp joinedAt) {
                                return true;
                            }
                        });
    }
}
