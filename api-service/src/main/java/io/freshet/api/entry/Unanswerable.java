package io.freshet.api.entry;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.Lookup;
import org.jspecify.annotations.Nullable;

/** Why the engine could not answer, as problems. */
final class Unanswerable {

    private Unanswerable() {}

    static Problem because(Lookup.Reason reason, @Nullable String detail) {
        return Problem.of(codeOf(reason), detail);
    }

    private static ProblemCode codeOf(Lookup.Reason reason) {
        return switch (reason) {
            case NOT_READY -> ProblemCode.NOT_READY;
            case SOURCE_TIMEOUT -> ProblemCode.SOURCE_TIMEOUT;
            case SOURCE_UNAVAILABLE -> ProblemCode.SOURCE_UNAVAILABLE;
            case KEY_REJECTED -> ProblemCode.KEY_REJECTED;
            case STORE_UNAVAILABLE -> ProblemCode.STORE_UNAVAILABLE;
            case WINDOW_EXCEEDED -> ProblemCode.WINDOW_EXCEEDED;
        };
    }
}
