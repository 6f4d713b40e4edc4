package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;

/** Where jobs, and parts of them, are handed to all workers. Thread-safe. */
@FunctionalInterface
public interface JobQueue {

    /**
     * Hands over; blocks until it cannot be lost any more.
     *
     * @throws IllegalStateException when it was not taken
     */
    void submit(WarmJob job) throws InterruptedException;
}
