package io.freshet.contracts.event;

import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;

/**
 * What somebody wants done with a fan-out, on {@code freshet.fan-out-orders}; the same in every
 * partition. Taking it twice changes nothing.
 *
 * @param id as in {@link FanOutProgress}
 * @param by principal
 */
public record FanOutOrder(InboxPosition id, Action action, String by, Instant at) {

    /** What to do. */
    public enum Action {
        PAUSE,
        RESUME,
        /** Give up the rest: what it has not evicted stays in Redis, not believed by anyone. */
        CANCEL
    }
}
