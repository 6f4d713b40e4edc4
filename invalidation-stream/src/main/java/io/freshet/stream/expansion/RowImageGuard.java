package io.freshet.stream.expansion;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a record's row may be written: not if anything before the record in its partition of
 * the log spoke, or may have spoken, of a later state of the database. For one thread.
 *
 * <h2>Mechanism</h2>
 *
 * A row is what its key held at one LSN, and is written with the record's position as its stamp. A
 * connector that begins anew delivers changes again: the row of an earlier one, written behind the
 * record of a later one, would be an old value that nobody would ever take for old. So
 *
 * <ul>
 *   <li>of each source the highest LSN of all records is kept, and a row below it is refused. At
 *       the same LSN it is not: that is the same transaction, or the last one delivered again;
 *   <li>a record without an LSN of a source (REST, Kafka) may speak of anything that was committed
 *       before it was read. Until a row's transaction is later than that by the clock, with a
 *       tolerance for clocks that disagree, its namespace takes no rows;
 *   <li>where records were lost the same holds for every namespace.
 * </ul>
 *
 * <p>What is known only rises. Delivered again, records that it has seen say nothing new.
 *
 * <h2>Restart</h2>
 *
 * The table holds bounds above what is known, so that it is written once in a stride and not with
 * each record. After a restart the bounds are what is known, which is safe.
 */
public class RowImageGuard {

    /** Of the log of PostgreSQL. */
    public static final long STRIDE_BYTES = 64 * 1024;

    private static final Duration STRIDE = Duration.ofSeconds(10);
    private static final String REACHED = "lsn";
    private static final String UNCERTAIN = "uncertain";
    private static final String EVERYWHERE = "";

    private final Rows rows;
    private final long stride;
    private final Duration tolerance;
    private final Map<String, Long> reached = new HashMap<>();
    private final Map<String, Instant> uncertain = new HashMap<>();

    /**
     * Continues from what the table holds.
     *
     * @param stride in LSNs, between two writes of what a source has reached
     * @param tolerance how far the clocks of the machines may be apart
     */
    public RowImageGuard(Rows rows, long stride, Duration tolerance) {
        this.rows = rows;
        this.stride = stride;
        this.tolerance = tolerance;
    }

    /** Why a row is not written. */
    public enum Refusal {
        /** A later state of its source was spoken of before. */
        OLDER,
        /** A later state may have been spoken of before. */
        UNCERTAIN
    }

    /**
     * Takes the next invalidation of the partition.
     *
     * @param now by the clock of this machine, after the record was written
     * @return null when a row that it has may be written
     */
    @Nullable Refusal take(Event.Invalidation event, Instant now) {
        String source = sourceOf(event);
        Lsn lsn = event.lsn();
        String namespace = event.target().namespace().value();
        if (source == null || lsn == null) {
            doubt(namespace, now);
            return Refusal.UNCERTAIN;
        }
        if (isOlder(source, lsn)) {
            return Refusal.OLDER;
        }
        reach(source, lsn.value());
        Instant at = event.at();
        return at == null || isUncertain(event.target().namespace(), at) ? Refusal.UNCERTAIN : null;
    }

    /** Records were lost: what they spoke of is not known. */
    void lost(Instant now) {
        doubt(EVERYWHERE, now);
    }

    boolean isOlder(String source, Lsn lsn) {
        return Long.compareUnsigned(lsn.value(), reached(source)) < 0;
    }

    boolean isUncertain(Namespace namespace, Instant committedAt) {
        return !committedAt.isAfter(uncertain(namespace.value()).plus(tolerance))
                || !committedAt.isAfter(uncertain(EVERYWHERE).plus(tolerance));
    }

    private void reach(String source, long lsn) {
        if (Long.compareUnsigned(lsn, reached(source)) > 0) {
            reached.put(source, lsn);
            RowKey at = RowKey.ofParts(REACHED, source);
            if (Long.compareUnsigned(lsn, read(at)) > 0) {
                write(at, lsn + stride);
            }
        }
    }

    private void doubt(String namespace, Instant now) {
        if (now.isAfter(uncertain(namespace))) {
            uncertain.put(namespace, now);
            RowKey at = RowKey.ofParts(UNCERTAIN, namespace);
            if (now.toEpochMilli() >= read(at)) {
                write(at, now.plus(STRIDE).toEpochMilli());
            }
        }
    }

    private long reached(String source) {
        return reached.computeIfAbsent(source, _ -> read(RowKey.ofParts(REACHED, source)));
    }

    private Instant uncertain(String namespace) {
        return uncertain.computeIfAbsent(
                namespace, _ -> Instant.ofEpochMilli(read(RowKey.ofParts(UNCERTAIN, namespace))));
    }

    /** Only change capture knows where in the log of its source a change stands. */
    private static @Nullable String sourceOf(Event.Invalidation event) {
        return switch (event.cause().kind()) {
            case CDC, SQL, BARRIER -> event.cause().source();
            case REST, KAFKA -> null;
        };
    }

    private long read(RowKey at) {
        byte[] value = rows.get(at);
        return value == null ? 0 : decode(value);
    }

    private static long decode(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private void write(RowKey at, long value) {
        rows.put(at, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
