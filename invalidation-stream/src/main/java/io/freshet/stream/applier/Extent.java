package io.freshet.stream.applier;

import io.freshet.contracts.position.Stamp;
import java.util.OptionalLong;

/**
 * What a partition holds.
 *
 * @param first first offset that is kept
 * @param end offset after the last record
 * @param committed where the consumer group left off, if it did
 * @param logEnd end of the log: no eviction that was ever written is above it
 */
public record Extent(long first, long end, OptionalLong committed, Stamp logEnd) {

    /** Whether no record was ever written. */
    boolean isVirgin() {
        return end == 0;
    }

    boolean holds(long offset) {
        return first <= offset && offset <= end;
    }
}
