package io.freshet.api.metrics;

/** Hits and misses of one namespace, or of several. */
public record HitCounts(long hits, long misses) {

    public static final HitCounts NONE = new HitCounts(0, 0);

    public HitCounts and(HitCounts other) {
        return new HitCounts(hits + other.hits, misses + other.misses);
    }

    /** Share of hits, 0 to 1; 0 before the first read. */
    public double hitRate() {
        long reads = hits + misses;
        return reads == 0 ? 0 : (double) hits / reads;
    }
}
