package io.freshet.engine.log;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.position.Stamp;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * How far a standby must have replayed the primary's log, for each log partition, to know of every
 * change that the records seen so far speak of.
 *
 * <p>A record without an LSN (REST, Kafka), one that was consumed before this node started, or one
 * that is lost may speak of any change that was made before it was seen. What settles it is where
 * the primary's log ends when somebody asks later: that is asked for once, and holds for all such
 * records up to then.
 *
 * <p>One thread writes, before the position that counts the record in; any thread asks.
 */
public final class SeenCommits {

    private static final Seen NOTHING = new Seen(new Lsn(0), Stamp.ZERO);

    private final String database;
    private final AtomicReferenceArray<Seen> partitions;

    /**
     * @param lsn what is known to be needed
     * @param unsettled records at or below it may need more; zero when none does
     */
    private record Seen(Lsn lsn, Stamp unsettled) {

        Seen and(Lsn other) {
            return new Seen(Lsn.max(lsn, other), unsettled);
        }
    }

    /**
     * @param database whose standbys are meant; commits of others do not count
     */
    public SeenCommits(String database, int logPartitions) {
        this.database = database;
        partitions = new AtomicReferenceArray<>(logPartitions);
        for (int p = 0; p < logPartitions; p++) {
            partitions.set(p, NOTHING);
        }
    }

    /** What stands at or below a position may speak of anything. */
    public void unknown(int partition, Stamp position) {
        partitions.updateAndGet(partition, seen -> new Seen(seen.lsn, position));
    }

    /** Takes note of an event. */
    public void seen(int partition, Stamp position, Event event) {
        if (!(event instanceof Event.Invalidation invalidation)) {
            return;
        }
        Lsn lsn = invalidation.lsn();
        if (lsn == null) {
            unknown(partition, position);
        } else if (isOfDatabase(invalidation.cause())) {
            // It is where the commit's record begins; it takes effect when that has been replayed.
            partitions.updateAndGet(partition, seen -> seen.and(new Lsn(lsn.value() + 1)));
        }
    }

    /**
     * What must have been replayed for everything that the partition's records speak of.
     *
     * @param primaryEnd asks the primary how far its log is written; only called if that matters
     */
    public Lsn needed(int partition, Supplier<Lsn> primaryEnd) {
        Seen before = partitions.get(partition);
        if (before.unsettled.equals(Stamp.ZERO)) {
            return before.lsn;
        }
        Lsn end = primaryEnd.get();
        partitions.updateAndGet(
                partition,
                seen ->
                        new Seen(
                                Lsn.max(seen.lsn, end),
                                before.unsettled.isKilledBy(seen.unsettled)
                                        ? seen.unsettled
                                        : Stamp.ZERO));
        return Lsn.max(before.lsn, end);
    }

    private boolean isOfDatabase(Cause cause) {
        return switch (cause.kind()) {
            case CDC, SQL, BARRIER -> cause.source() == null || cause.source().equals(database);
            case REST, KAFKA -> true;
        };
    }
}
