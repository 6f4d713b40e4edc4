package io.freshet.api.problem;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. Carries no stack trace: it tells the caller, not us. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, @Nullable String detail) {
        this(Problem.of(code, detail));
    }

    public Problem problem() {
        return problem;
    }
}
