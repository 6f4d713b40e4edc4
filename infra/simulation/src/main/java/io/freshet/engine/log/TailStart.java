package io.freshet.engine.log;

import io.freshet.contracts.position.Stamp;
import org.jspecify.annotations.Nullable;

/** Where a tail begins that finds a log of which nothing was removed. */
public final class TailStart {

    private TailStart() {}

    /**
     * Begins the partition.
     *
     * @param progress of the expander, or null when it has left none
     * @param end offset after the log's last record
     * @param awaited whether the node is not ready before it has caught up
     * @return offset of the first record to consume
     */
    public static int begin(
            LogListener listener,
            int partition,
            @Nullable Stamp progress,
            int end,
            boolean awaited) {
        StartPoint start = StartPoint.of(1, progress, 0, end);
        listener.begin(
                partition,
                Stamp.of(1, start.offset()),
                Stamp.of(1, awaited ? start.readyAt() : start.offset()));
        return (int) start.offset();
    }
}
