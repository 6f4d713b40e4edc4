package io.freshet.engine;

import java.time.Duration;

/** What a read found whose caller is ready to load the value by itself. */
public sealed interface LeaseLookup {

    /** A read without a lease would have been answered so. */
    record Answered(Lookup lookup) implements LeaseLookup {}

    /**
     * There is no value, and this caller, alone in the cluster, is to load it.
     *
     * @param token a PUT with it gives the lease back
     * @param length after which another is told to load
     */
    record Granted(MissToken token, Duration length) implements LeaseLookup {}

    /**
     * There is no value, and somebody else loads it.
     *
     * @param left after which the other's lease is over
     */
    record Busy(Duration left) implements LeaseLookup {}
}
