package io.freshet.contracts.event;

import io.freshet.contracts.position.InboxPosition;

/**
 * A record of {@code freshet.log}: an event and the place in the inbox that it came by.
 *
 * <p>Records that came by one inbox partition stand in its order in every log partition.
 */
public record LogRecord(Event event, InboxPosition via) {

    /**
     * Whether a partition of the log in which it stands is the one for those who take every event
     * once: what is said of a key stands in one partition only, and of all others it is the
     * partition with the number of the inbox partition.
     */
    public boolean countsIn(int logPartition) {
        return switch (event) {
            case Event.Invalidation invalidation ->
                    !invalidation.target().isScope() || via.partition() == logPartition;
            case Event.Replaced _ -> true;
            case Event.Heartbeat _ -> via.partition() == logPartition;
        };
    }
}
