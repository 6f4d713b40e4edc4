package io.freshet.engine.source;

import java.time.Duration;

/**
 * A streaming standby that takes the reads of a source off its primary.
 *
 * @param url of JDBC
 * @param longestWait longest time that a load waits for it to have replayed enough; then the
 *     primary is read
 */
public record StandbyOptions(String url, String user, String password, Duration longestWait) {

    public StandbyOptions {
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("the longest wait must not be negative");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StandbyOptions[url=%s, user=%s, longestWait=%s]".formatted(url, user, longestWait);
    }
}
