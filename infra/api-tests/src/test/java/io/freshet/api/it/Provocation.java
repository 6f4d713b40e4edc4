package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;

/**
 * A request that must be answered with a problem.
 *
 * @param name what is wrong with it
 * @param says what the detail must name, so that the caller knows what to do
 */
record Provocation(ProblemCode code, String name, String says, Request request) {

    /** Makes the request, and what must go before it. */
    @FunctionalInterface
    interface Request {

        HttpAnswer on(RunningService service) throws Exception;
    }

    @Override
    public String toString() {
        return code + ": " + name;
    }
}
