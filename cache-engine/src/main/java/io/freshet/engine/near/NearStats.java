package io.freshet.engine.near;

/**
 * What the near cache did since it was made, and what it holds.
 *
 * @param evictions entries removed for their size or their age
 * @param bytes estimated, as the bound counts them
 */
public record NearStats(long hits, long misses, long evictions, long entries, long bytes) {}
