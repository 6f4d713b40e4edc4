package io.freshet.engine.eviction;

/**
 * How many entries went, by cause, since the namespace has been there.
 *
 * @param expired at the end of their TTL
 * @param size for others, to keep the namespace within its bounds
 * @param policy for others, because the store itself was full
 * @param invalidated by an invalidation
 * @param replaced by a newer value under the same key
 */
public record EvictionCounts(
        long expired, long size, long policy, long invalidated, long replaced) {

    public static final EvictionCounts NONE = new EvictionCounts(0, 0, 0, 0, 0);

    public EvictionCounts and(EvictionCounts other) {
        return new EvictionCounts(
                expired + other.expired,
                size + other.size,
                policy + other.policy,
                invalidated + other.invalidated,
                replaced + other.replaced);
    }
}
