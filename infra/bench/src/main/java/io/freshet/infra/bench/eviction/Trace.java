package io.freshet.infra.bench.eviction;

import java.util.Arrays;

/**
 * Accesses to keys, one after the other.
 *
 * @param capacity how many entries the caches hold that it is replayed on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trace(String name, int[] keys, int capacity) {

    long distinct() {
        return Arrays.stream(keys).distinct().count();
    }
}
