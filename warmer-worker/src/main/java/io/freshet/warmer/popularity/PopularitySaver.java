package io.freshet.warmer.popularity;

import io.freshet.contracts.event.PopularityRecord;
import java.util.List;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what has changed of the popularity in the partitions that fall to this worker. */
public final class PopularitySaver {

    private static final Logger log = LoggerFactory.getLogger(PopularitySaver.class);

    private final Popularity popularity;
    private final PopularityStore store;
    private final int partitions;
    private final IntPredicate isMine;

    /**
     * @param partitions of the telemetry
     */
    public PopularitySaver(
            Popularity popularity, PopularityStore store, int partitions, IntPredicate isMine) {
        this.popularity = popularity;
        this.store = store;
        this.partitions = partitions;
        this.isMine = isMine;
    }

    /** Saves now; blocks. What cannot be saved is saved with what changes next. */
    public void save() throws InterruptedException {
        for (int partition = 0; partition < partitions; partition++) {
            if (isMine.test(partition)) {
                save(partition);
            }
        }
    }

    private void save(int partition) throws InterruptedException {
        List<PopularityRecord> records = popularity.unsaved(partition);
        try {
            store.save(partition, records);
        } catch (IllegalStateException e) {
            log.atWarn()
                    .addKeyValue("partition", partition)
                    .setCause(e)
                    .log("the popularity was not saved");
        }
    }
}
