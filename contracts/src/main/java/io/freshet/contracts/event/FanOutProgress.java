package io.freshet.contracts.event;

import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;

/**
 * How far the removal of what a scope invalidation matches is in one partition of the log, on
 * {@code freshet.fan-outs}: records of topic partition p speak of log partition p.
 *
 * <p>It tells of the removal only. The invalidation itself is in force since the log was read,
 * whatever becomes of this.
 *
 * @param id the invalidation's place in the inbox, which is the token that its author got
 * @param position of the invalidation in this partition of the log
 * @param keys handed out for eviction so far
 * @param startedAt when this partition read the invalidation
 */
public record FanOutProgress(
        InboxPosition id,
        Stamp position,
        Target scope,
        Mode mode,
        State state,
        long keys,
        Instant startedAt,
        Instant at) {

    public FanOutProgress {
        if (!scope.isScope()) {
            throw new IllegalArgumentException("not a scope: " + scope);
        }
    }

    /** Stages of a fan-out in one partition. */
    public enum State {
        /** Keys are handed out, or it waits for an older one. */
        RUNNING,
        /** Somebody asked for a pause. */
        PAUSED,
        /** Every key has been handed out. */
        DONE,
        /** Somebody gave up the rest. */
        CANCELLED,
        /** A later invalidation covers it, and does its work. */
        SUPERSEDED;

        /** Whether nothing follows. */
        public boolean isEnd() {
            return switch (this) {
                case RUNNING, PAUSED -> false;
                case DONE, CANCELLED, SUPERSEDED -> true;
            };
        }
    }

    /** What compaction keeps the last one of. A delivery twice makes two of one id. */
    public String recordKey() {
        return id + "/" + position.packed();
    }
}
