package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_TTL;

import io.freshet.api.problem.ProblemException;
import java.time.Duration;

/** How long an entry may live, as callers state it: whole seconds, 1 to those of ten years. */
final class Ttl {

    private static final long MAX_SECONDS = Duration.ofDays(3650).toSeconds();

    private Ttl() {}

    static Duration ofSeconds(long seconds) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ProblemException(
                    ILLEGAL_TTL,
                    "a ttl is 1 to " + MAX_SECONDS + " seconds (ten years), not " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    static Duration parse(String seconds) {
        try {
            return ofSeconds(Long.parseLong(seconds));
        } catch (NumberFormatException _) {
            throw new ProblemException(ILLEGAL_TTL, "a ttl is a whole number of seconds");
        }
    }
}
