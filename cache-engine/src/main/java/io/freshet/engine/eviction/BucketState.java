package io.freshet.engine.eviction;

/**
 * What a bucket holds and may hold.
 *
 * @param held entries and bytes
 * @param quota of which it never holds more; what has no bound has no meaning here
 * @param victim place in the order of the entry that goes first; {@link #NOBODY} where none may go
 * @param victimBytes size of that entry
 */
public record BucketState(
        int bucket,
        Quota held,
        Quota quota,
        long victim,
        long victimBytes,
        EvictionCounts evicted) {

    /** Place of nobody. */
    public static final long NOBODY = -1;

    /** What it may hold and does not. */
    public Quota free() {
        return quota.without(held);
    }

    public boolean hasVictim() {
        return victim != NOBODY;
    }
}
