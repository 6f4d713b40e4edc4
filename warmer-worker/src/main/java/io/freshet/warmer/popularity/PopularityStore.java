package io.freshet.warmer.popularity;

import io.freshet.contracts.event.PopularityRecord;
import java.util.List;

/** Where the popularity outlives the workers. */
@FunctionalInterface
public interface PopularityStore {

    /**
     * Keeps records of a partition of the telemetry; blocks until they cannot be lost any more.
     *
     * @throws IllegalStateException when they were not taken
     */
    void save(int partition, List<? extends PopularityRecord> records) throws InterruptedException;
}
