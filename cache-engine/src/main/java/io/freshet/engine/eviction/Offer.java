package io.freshet.engine.eviction;

/**
 * Room that a bucket may give up.
 *
 * @param upTo place in the order of the newest entry that may go for it; {@link BucketState#NOBODY}
 *     for room that is free
 */
public record Offer(int bucket, Quota room, long upTo) {

    public boolean isFree() {
        return upTo == BucketState.NOBODY;
    }
}
