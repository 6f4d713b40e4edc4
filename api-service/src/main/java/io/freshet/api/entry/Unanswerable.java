package io.freshet.api.entry;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.Lookup;
import org.jspecify.annotations.Nullable;

/** Why the engine could not answer, as problems. */
public final class Unanswerable {

    private Unanswerable() {}

    /** The problem of a reason; advises where there is no detail. */
    public static Problem because(Lookup.Reason reason, @Nullable String detail) {
        return Problem.of(codeOf(reason), detail == null ? advice(reason) : detail);
    }

    private static String advice(Lookup.Reason reason) {
        return switch (reason) {
            case NOT_READY -> "the node is catching up with the log: try again";
            case SOURCE_TIMEOUT -> "the source did not answer in time: try again";
            case SOURCE_UNAVAILABLE -> "the source cannot be reached: try again";
            case KEY_REJECTED -> "the source refuses this key: ask for another";
            case STORE_UNAVAILABLE ->
                    "Redis cannot be reached, and the namespace has no source: try again";
            case WRONG_KIND -> "the key holds a list, a set, a hash or a counter";
            case WINDOW_EXCEEDED ->
                    "this node does not know yet of all that the answer must know of, and cannot"
                            + " ask a source: try again";
        };
    }

    private static ProblemCode codeOf(Lookup.Reason reason) {
        return switch (reason) {
            case NOT_READY -> ProblemCode.NOT_READY;
            case SOURCE_TIMEOUT -> ProblemCode.SOURCE_TIMEOUT;
            case SOURCE_UNAVAILABLE -> ProblemCode.SOURCE_UNAVAILABLE;
            case KEY_REJECTED -> ProblemCode.KEY_REJECTED;
            case STORE_UNAVAILABLE -> ProblemCode.STORE_UNAVAILABLE;
            case WRONG_KIND -> ProblemCode.WRONG_KIND;
            case WINDOW_EXCEEDED -> ProblemCode.WINDOW_EXCEEDED;
        };
    }
}
