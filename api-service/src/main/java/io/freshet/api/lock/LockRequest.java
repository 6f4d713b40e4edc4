package io.freshet.api.lock;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_TTL;
import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;

import io.freshet.api.body.BodyReader;
import io.freshet.engine.namespace.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a lock.
 *
 * @param ttl after which it is free again
 * @param patience for how long it is waited for
 * @param token that shows whose it is; null when the request names none
 */
record LockRequest(Duration ttl, Duration patience, @Nullable Long token) {

    private static final Duration DEFAULT_TTL = Duration.ofSeconds(30);
    private static final Duration MIN_TTL = Duration.ofMillis(100);
    private static final Duration MAX_TTL = Duration.ofDays(1);
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /** An empty body asks for nothing in particular. */
    static LockRequest ofAcquisition(byte[] body) {
        var fields = new Fields();
        if (body.length > 0) {
            BodyReader.read(
                    body,
                    (field, in) -> {
                        switch (field) {
                            case "ttl" -> fields.ttl = ttl(in);
                            case "wait" -> fields.wait = wait(in);
                            default -> throw in.unknown();
                        }
                    });
        }
        return fields.request();
    }

    static LockRequest ofRenewal(byte[] body) {
        var fields = new Fields();
        BodyReader.read(
                body,
                (field, in) -> {
                    switch (field) {
                        case "ttl" -> fields.ttl = ttl(in);
                        case "token" -> fields.token = in.wholeNumber(ILLEGAL_VALUE);
                        default -> throw in.unknown();
                    }
                });
        if (fields.token == null) {
            throw BodyReader.missing("token");
        }
        return fields.request();
    }

    private static Duration ttl(BodyReader in) {
        Duration ttl = duration(in);
        if (ttl == null || ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
            throw in.illegal(ILLEGAL_TTL, "must be a time from 100ms to 1d, such as \"30s\"");
        }
        return ttl;
    }

    private static Duration wait(BodyReader in) {
        Duration wait = duration(in);
        if (wait == null || wait.compareTo(MAX_WAIT) > 0) {
            throw in.illegal(ILLEGAL_VALUE, "must be a time of up to 1m, such as \"2s\"");
        }
        return wait;
    }

    private static @Nullable Duration duration(BodyReader in) {
        try {
            return DurationText.parse(in.text());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** What has been read so far. */
    private static final class Fields {

        private Duration ttl = DEFAULT_TTL;
        private Duration wait = Duration.ZERO;
        private @Nullable Long token;

        LockRequest request() {
            return new LockRequest(ttl, wait, token);
        }
    }
}
