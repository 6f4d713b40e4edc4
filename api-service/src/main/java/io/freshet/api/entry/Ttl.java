package io.freshet.api.entry;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_TTL;

import io.freshet.api.body.BodyReader;
import io.freshet.api.problem.ProblemException;
import java.time.Duration;

/** How long an entry may live, as callers state it: whole seconds, 1 to those of ten years. */
public final class Ttl {

    private static final long MAX_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final String RULE =
            "a whole number of seconds, 1 to " + MAX_SECONDS + " (ten years)";

    private Ttl() {}

    /** The value of the present field. */
    public static Duration read(BodyReader in) {
        long seconds = in.wholeNumber(ILLEGAL_TTL);
        if (!isLegal(seconds)) {
            throw in.illegal(ILLEGAL_TTL, "must be " + RULE + ", not " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    /** The value of a query parameter. */
    static Duration parse(String text) {
        try {
            long seconds = Long.parseLong(text);
            if (isLegal(seconds)) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new ProblemException(ILLEGAL_TTL, "ttl must be " + RULE + ", not '" + text + "'");
    }

    private static boolean isLegal(long seconds) {
        return seconds >= 1 && seconds <= MAX_SECONDS;
    }
}
