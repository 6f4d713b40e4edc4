package io.freshet.api.http;

import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.util.Collection;

/** How many things one request may be about. */
public record BatchLimit(int max) {

    public <T extends Collection<?>> T require(String field, T items) {
        if (items.size() > max) {
            throw new ProblemException(
                    ProblemCode.BATCH_TOO_LARGE,
                    "'%s' may have %d elements at most, this one has %d"
                            .formatted(field, max, items.size()));
        }
        return items;
    }
}
