package io.freshet.api.entry;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.engine.PutResult;
import java.util.Optional;

/** Why a value was not stored. */
final class PutProblem {

    private PutProblem() {}

    /** The problem of a result; empty when the value is stored. */
    static Optional<Problem> of(PutResult result) {
        return switch (result) {
            case PutResult.Stored _, PutResult.Written _, PutResult.Queued _ -> Optional.empty();
            case PutResult.Rejected(var conflict, var detail) ->
                    problem(
                            conflict ? ProblemCode.SOURCE_CONFLICT : ProblemCode.VALUE_REJECTED,
                            detail);
            case PutResult.Unwritable(var detail) -> problem(ProblemCode.ILLEGAL_VALUE, detail);
            case PutResult.TokenRequired() ->
                    problem(
                            ProblemCode.TOKEN_REQUIRED,
                            "the namespace has a source: GET with Cache-Control: only-if-cached,"
                                    + " and PUT with the Freshet-Miss-Token of the 404");
            case PutResult.Invalidated() ->
                    problem(
                            ProblemCode.INVALIDATED,
                            "the key was invalidated since the miss: load it again");
            case PutResult.Full() ->
                    problem(
                            ProblemCode.STORAGE_FULL,
                            "there is no room, and the policy of the namespace lets no entry go:"
                                    + " delete some, or widen its bounds");
            case PutResult.Unavailable(var reason) ->
                    Optional.of(Unanswerable.because(reason, "nothing was stored"));
        };
    }

    private static Optional<Problem> problem(ProblemCode code, String detail) {
        return Optional.of(Problem.of(code, detail));
    }
}
