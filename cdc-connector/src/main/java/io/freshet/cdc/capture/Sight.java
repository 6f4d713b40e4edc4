package io.freshet.cdc.capture;

import io.freshet.cdc.database.Reading;
import io.freshet.cdc.database.SnapshotQuery;
import io.freshet.cdc.visibility.VisibilityBarrier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a new reader of the database sees, asked no more often than it matters: what one snapshot
 * sees every later one sees. One thread at a time.
 */
final class Sight {

    /** Short against the time in which ids of transactions could come round. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private static final int QUICK_TRIES = 8;
    private static final long QUICK_MICROS = 200;
    private static final long SLOW_MICROS = 1_000;

    private final SnapshotQuery query;
    private @Nullable Reading last;
    private long readAt;
    private int tries;

    Sight(SnapshotQuery query) {
        this.query = query;
    }

    /** One round trip to the database. */
    Reading now() throws SQLException {
        tries = 0;
        return read();
    }

    /** The last reading when that sees all that the barrier has; else a new one. */
    Reading lastThatSees(VisibilityBarrier<?, ?, ?> barrier) throws SQLException {
        Reading before = last;
        return before != null
                        && System.nanoTime() - readAt < RECENT.toNanos()
                        && barrier.isSeenBy(before.snapshot())
                ? before
                : now();
    }

    /** A new one a moment later. Most transactions become visible at once, a few much later. */
    Reading again() throws SQLException, InterruptedException {
        tries++;
        TimeUnit.MICROSECONDS.sleep(tries <= QUICK_TRIES ? QUICK_MICROS : SLOW_MICROS);
        return read();
    }

    private Reading read() throws SQLException {
        readAt = System.nanoTime();
        Reading reading = query.read();
        last = reading;
        return reading;
    }
}
