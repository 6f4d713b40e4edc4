package io.freshet.engine.lock;

import java.time.Duration;

/**
 * A lock that is held.
 *
 * @param token of its holder
 * @param left after which it is free
 */
public record LockState(long token, Duration left) {}
