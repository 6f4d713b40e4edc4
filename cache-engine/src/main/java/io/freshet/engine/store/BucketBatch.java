package io.freshet.engine.store;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import java.util.List;

/**
 * What a stretch of {@code freshet.evictions} asks of one bucket.
 *
 * @param continuesFrom first offset of the stretch: the bucket must have seen everything before it
 * @param nextOffset first offset after the stretch
 * @param through every eviction of a key event at or below it is in this stretch or before it;
 *     {@link Stamp#ZERO} when nothing is known
 * @param barrier entries stamped below it are not to be trusted any more, and the bucket begins
 *     anew at {@code nextOffset}; {@link Stamp#ZERO} for none
 * @param evictions in log order; empty when the stretch only moves the marker
 */
public record BucketBatch(
        Namespace namespace,
        int bucket,
        long continuesFrom,
        long nextOffset,
        Stamp through,
        Stamp barrier,
        List<KeyEviction> evictions) {

    public BucketBatch {
        if (continuesFrom < 0 || nextOffset < continuesFrom) {
            throw new IllegalArgumentException(
                    "not a stretch: [%d, %d)".formatted(continuesFrom, nextOffset));
        }
        evictions = List.copyOf(evictions);
    }

    /** A stretch in which nothing was lost. */
    public BucketBatch(
            Namespace namespace,
            int bucket,
            long continuesFrom,
            long nextOffset,
            Stamp through,
            List<KeyEviction> evictions) {
        this(namespace, bucket, continuesFrom, nextOffset, through, Stamp.ZERO, evictions);
    }
}
