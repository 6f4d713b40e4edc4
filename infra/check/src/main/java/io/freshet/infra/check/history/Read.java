package io.freshet.infra.check.history;

/**
 * An answer, as far as it speaks of one register.
 *
 * @param started nanoseconds, before the request was sent
 * @param ended nanoseconds, after the answer was read
 * @param demanded the answer had to know of everything acknowledged up to then, because the request
 *     named a commit or an invalidation; {@link #NOTHING_DEMANDED} when it named none
 * @param by who answered, for people: node, tier and kind of the read
 */
public record Read(State state, long started, long ended, long demanded, String by) {

    public static final long NOTHING_DEMANDED = Long.MIN_VALUE;

    /** Up to when the answer had to know of every acknowledged commit. */
    long required(long windowNanos) {
        return Math.max(started - windowNanos, demanded);
    }
}
