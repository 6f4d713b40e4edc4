package io.freshet.engine.namespace;

/**
 * How much a namespace may hold.
 *
 * @param maxEntries largest number of entries; 0 for no bound
 * @param maxBytes largest size of all entries together, headers included; 0 for no bound
 * @param policy who goes when a bound is reached
 * @param maxValueBytes largest value taken
 */
public record Bounds(long maxEntries, long maxBytes, EvictionPolicy policy, long maxValueBytes) {

    public static final Bounds DEFAULT =
            new Bounds(0, 100L * 1024 * 1024, EvictionPolicy.LRU, 1024 * 1024);

    public Bounds {
        if (maxEntries < 0) {
            throw new IllegalArgumentException("max-entries must not be negative");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("max-size must not be negative");
        }
        if (maxValueBytes < 1) {
            throw new IllegalArgumentException("max-value-size must be positive");
        }
    }

    /** Whether there is anything to hold. */
    public boolean areSet() {
        return maxEntries > 0 || maxBytes > 0;
    }
}
