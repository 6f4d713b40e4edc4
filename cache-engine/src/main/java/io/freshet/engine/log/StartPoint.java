package io.freshet.engine.log;

import io.freshet.contracts.position.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Where the tail of one log partition starts.
 *
 * @param offset of the first record to consume
 * @param readyAt offset that must be reached before the node is ready
 * @param complete whether every earlier scope event was restored
 */
record StartPoint(long offset, long readyAt, boolean complete) {

    /**
     * Decides from what was found.
     *
     * <p>The expander's progress proves that the log was once that long: a log that now ends before
     * it (its leader has just changed, or it was lost) is not trusted until it has grown back.
     *
     * @param progress of the expander, or null when it has left none
     * @param begin offset of the first record that the log still has
     * @param end offset after its last record
     */
    static StartPoint of(int epoch, @Nullable Stamp progress, long begin, long end) {
        if (progress == null || progress.epoch() != epoch) {
            return new StartPoint(begin, end, begin == 0);
        }
        long done = progress.position();
        return new StartPoint(
                Math.max(begin, Math.min(done, end)), Math.max(done, end), begin <= done);
    }
}
