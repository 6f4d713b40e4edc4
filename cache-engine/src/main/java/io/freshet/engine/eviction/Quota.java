package io.freshet.engine.eviction;

import io.freshet.engine.namespace.Bounds;

/** A number of entries and a number of bytes: how much a bucket may hold, or gives to another. */
public record Quota(long entries, long bytes) {

    public static final Quota NONE = new Quota(0, 0);

    /** What a namespace may hold; zero for no bound. */
    public static Quota of(Bounds bounds) {
        return new Quota(bounds.maxEntries(), bounds.maxBytes());
    }

    /** The part of this with which one of several buckets begins; the parts add up to this. */
    public Quota shareOf(int bucket, int buckets) {
        return new Quota(share(entries, bucket, buckets), share(bytes, bucket, buckets));
    }

    public Quota plus(Quota other) {
        return new Quota(entries + other.entries, bytes + other.bytes);
    }

    /** What is missing of this where the other is there; never less than nothing. */
    public Quota without(Quota other) {
        return new Quota(Math.max(0, entries - other.entries), Math.max(0, bytes - other.bytes));
    }

    public Quota negated() {
        return new Quota(-entries, -bytes);
    }

    public boolean isNothing() {
        return entries <= 0 && bytes <= 0;
    }

    private static long share(long whole, int bucket, int buckets) {
        return whole / buckets + (bucket < whole % buckets ? 1 : 0);
    }
}
