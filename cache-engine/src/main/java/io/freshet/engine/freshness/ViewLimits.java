package io.freshet.engine.freshness;

/**
 * How much a node remembers of each log partition.
 *
 * @param keys key invalidations; about 48 bytes each
 * @param tags tag invalidations; about 48 bytes each
 * @param patterns live patterns of one namespace
 */
public record ViewLimits(int keys, int tags, int patterns) {

    public static final ViewLimits DEFAULT = new ViewLimits(1 << 18, 1 << 16, 256);

    public ViewLimits {
        if (keys < 1 || tags < 1 || patterns < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
