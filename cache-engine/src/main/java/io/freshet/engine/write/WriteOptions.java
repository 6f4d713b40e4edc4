package io.freshet.engine.write;

import java.time.Duration;

/**
 * How writes are brought to sources after they were answered.
 *
 * @param maxPendingBytes what unwritten values may take of memory on each node; beyond that no
 *     write is accepted
 * @param attempts how often a write is tried that the source refuses
 * @param longestPause between two attempts; the first pause is 100 ms, each is twice the one before
 */
public record WriteOptions(long maxPendingBytes, int attempts, Duration longestPause) {

    public static final WriteOptions DEFAULT =
            new WriteOptions(64L << 20, 5, Duration.ofSeconds(10));

    public WriteOptions {
        if (maxPendingBytes < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "freshet.writes.max-pending and .attempts must be positive");
        }
        if (longestPause.isZero() || longestPause.isNegative()) {
            throw new IllegalArgumentException("freshet.writes.longest-pause must be positive");
        }
    }
}
