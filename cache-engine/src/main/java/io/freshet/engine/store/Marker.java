package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/**
 * What a bucket of the store says of itself.
 *
 * @param begun fills stamped below it are refused
 * @param applied every eviction of a key event at or below it took effect in this bucket
 * @param nextOffset the first record of {@code freshet.evictions} that it has not seen
 * @param barrier entries stamped below it are not trusted: evictions of theirs were lost for good
 */
public record Marker(Stamp begun, Stamp applied, long nextOffset, Stamp barrier) {

    /** Of a bucket that never lost an eviction. */
    public Marker(Stamp begun, Stamp applied, long nextOffset) {
        this(begun, applied, nextOffset, Stamp.ZERO);
    }

    /** Whether an entry of the bucket may have outlived an eviction that was lost. */
    public boolean distrusts(Stamp entry) {
        return entry.isKilledBy(barrier);
    }
}
