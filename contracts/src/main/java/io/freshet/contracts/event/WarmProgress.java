package io.freshet.contracts.event;

import io.freshet.contracts.id.Namespace;
import java.time.Instant;

/**
 * How far a {@link WarmJob} is, on the compacted topic {@code freshet.warm-progress}.
 *
 * @param total entries selected
 * @param loaded entries now cached by this job
 * @param present entries that were fresh already
 * @param absent keys that the source does not have
 * @param failed entries whose load failed
 */
public record WarmProgress(
        String id,
        Namespace namespace,
        State state,
        long total,
        long loaded,
        long present,
        long absent,
        long failed,
        Instant at) {

    /** Stages of a job. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }
}
