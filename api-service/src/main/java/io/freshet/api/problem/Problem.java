package io.freshet.api.problem;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One failed request, as its caller is told.
 *
 * @param detail what to do about it, for people; null when the title says all
 * @param headers to send along
 */
public record Problem(ProblemCode code, @Nullable String detail, Map<String, String> headers) {

    public Problem {
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemCode code, @Nullable String detail) {
        var problem = new Problem(code, detail, Map.of());
        if (code.isTemporary()) {
            return problem.with("Retry-After", "1");
        }
        return code == ProblemCode.UNAUTHORISED
                ? problem.with("WWW-Authenticate", "Bearer realm=\"freshet\"")
                : problem;
    }

    /** The same with one more header. */
    public Problem with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Problem(code, detail, more);
    }

    public ProblemException toException() {
        return new ProblemException(this);
    }
}
