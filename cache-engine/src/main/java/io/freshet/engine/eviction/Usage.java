package io.freshet.engine.eviction;

import java.util.Collection;

/** What a namespace holds in the store, expired entries that nobody has swept yet included. */
public record Usage(long entries, long bytes, EvictionCounts evicted) {

    public static final Usage NONE = new Usage(0, 0, EvictionCounts.NONE);

    public static Usage of(Collection<BucketState> buckets) {
        return buckets.stream()
                .map(state ->
                        new Usage(state.held().entries(), state.held().bytes(), state.evicted()))
                .reduce(NONE, Usage::and);
    }

    public Usage and(Usage other) {
        return new Usage(entries + other.entries, bytes + other.bytes, evicted.and(other.evicted));
    }
}
