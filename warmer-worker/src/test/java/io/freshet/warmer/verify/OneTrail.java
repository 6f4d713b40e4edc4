package io.freshet.warmer.verify;

import java.time.Instant;

/**
 * Says the same of every key, at once.
 *
 * @param passed whether whatever is waited for is in force
 * @param inInbox whether an invalidation of it stands there
 */
record OneTrail(boolean passed, boolean inInbox, Here known) implements Trail {

    @Override
    public boolean awaitPast(Spot spot, Instant time) {
        return passed;
    }

    @Override
    public boolean isInInbox(Spot spot, Instant from, Instant to) {
        return inInbox;
    }

    @Override
    public Here here(Spot spot) {
        return known;
    }
}
