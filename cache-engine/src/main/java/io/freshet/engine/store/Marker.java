package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/**
 * What a bucket of the store says of itself.
 *
 * @param begun fills stamped below it are refused
 * @param applied every eviction of a key event at or below it took effect in this bucket
 * @param nextOffset the first record of {@code freshet.evictions} that it has not seen
 */
public record Marker(Stamp begun, Stamp applied, long nextOffset) {}
