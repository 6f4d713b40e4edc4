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
 * @param evictions in log order; empty when the stretch only moves the marker
 */
public record BucketBatch(
        Namespace namespace,
        int bucket,
        long continuesFrom,
        long nextOffset,
        Stamp through,
        List<KeyEviction> evictions) {

    public BucketBatch {
        if (continuesFrom < 0 || nextOffset < continuesFrom) {
            throw new IllegalArgumentException(
                    "not a stretch: [%d, %d)".formatted(continuesFrom, nextOffset));
        }
        evictions = List.copyOf(evictions);
    }
}
