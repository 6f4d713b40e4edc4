package io.freshet.infra.check.history;

/**
 * A committed change of a register.
 *
 * @param begun nanoseconds, before COMMIT was sent
 * @param acknowledged nanoseconds, after it was known to be committed
 */
public record Write(State state, long begun, long acknowledged) {}
