package io.freshet.infra.bench;

import java.io.Serial;

/** There is nothing to measure. */
final class NotRunningException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    NotRunningException() {
        super("Nothing is running: start it with ./freshet up --detach");
    }
}
