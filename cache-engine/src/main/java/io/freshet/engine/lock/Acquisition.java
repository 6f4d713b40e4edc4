package io.freshet.engine.lock;

import java.time.Duration;

/** What became of an attempt to acquire a lock. */
public sealed interface Acquisition {

    /**
     * The caller holds it.
     *
     * @param token greater than that of every earlier holder
     */
    record Granted(long token, Duration ttl) implements Acquisition {}

    /**
     * Another holds it, and has for as long as the caller would wait.
     *
     * @param left after which it is free, if the other does not renew it
     */
    record Held(Duration left) implements Acquisition {}
}
