package io.freshet.engine.write;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.log.PlacedWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest write of each key that no source has taken yet, as this node knows it. It lies above
 * the cache: no bound evicts it and no invalidation touches it, for what the source says is older.
 * Thread-safe; asking takes no lock.
 *
 * <p>A write that was settled stays, with the invalidation that followed it, until somebody has
 * read the key behind that: so no reader falls back to what the cache held before.
 */
final class PendingWrites {

    /** How long a settled write waits for a reader; by then the log has told every node. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private static final int OVERHEAD = 200;

    /**
     * One write.
     *
     * @param value null when the key is to be deleted
     * @param token of the invalidation, once it is settled
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pending(
            long offset, byte @Nullable [] value, Instant at, @Nullable InboxPosition token) {

        private long size() {
            return OVERHEAD + (value == null ? 0L : value.length);
        }
    }

    private record Id(Namespace namespace, EntryKey key) {}

    private final Map<Id, Pending> pending = new ConcurrentHashMap<>();
    private final long[] positions;
    private long bytes;
    private Instant swept = Instant.EPOCH;

    PendingWrites(int partitions) {
        positions = new long[partitions];
    }

    /** What the log of writes says next. */
    synchronized void follow(PlacedWrite placed) {
        positions[placed.partition()] = placed.offset() + 1;
        take(placed);
    }

    /**
     * What this node has just appended; the log may have told it before, and that it is settled.
     */
    synchronized void own(PlacedWrite placed) {
        if (placed.offset() >= positions[placed.partition()]) {
            take(placed);
        }
    }

    private void take(PlacedWrite placed) {
        SourceWrite write = placed.write();
        var id = new Id(write.namespace(), write.key());
        Pending before = pending.get(id);
        switch (write) {
            case SourceWrite.Put(_, _, var json, var at) ->
                    replace(id, before, placed.offset(), WritableValue.bytes(json), at);
            case SourceWrite.Delete(_, _, var at) -> replace(id, before, placed.offset(), null, at);
            case SourceWrite.Settled(_, _, long offset, var token, var at) -> {
                if (before != null && before.offset <= offset) {
                    pending.put(id, new Pending(before.offset, before.value, at, token));
                }
                sweep(at);
            }
        }
    }

    private void replace(
            Id id, @Nullable Pending before, long offset, byte @Nullable [] value, Instant at) {
        if (before != null && before.offset >= offset) {
            return;
        }
        var now = new Pending(offset, value, at, null);
        bytes += now.size() - (before == null ? 0 : before.size());
        pending.put(id, now);
    }

    private void sweep(Instant now) {
        if (swept.plus(LINGER.dividedBy(4)).isAfter(now)) {
            return;
        }
        swept = now;
        Iterator<Pending> each = pending.values().iterator();
        while (each.hasNext()) {
            Pending one = each.next();
            if (one.token != null && one.at.plus(LINGER).isBefore(now)) {
                bytes -= one.size();
                each.remove();
            }
        }
    }

    @Nullable Pending find(Namespace namespace, EntryKey key) {
        return pending.isEmpty() ? null : pending.get(new Id(namespace, key));
    }

    /** Forgets a settled write, unless another has come. */
    synchronized void forget(Namespace namespace, EntryKey key, Pending settled) {
        var id = new Id(namespace, key);
        Pending now = pending.get(id);
        if (now != null && now.offset == settled.offset) {
            bytes -= now.size();
            pending.remove(id);
        }
    }

    /** What they take of memory. */
    synchronized long bytes() {
        return bytes;
    }

    /** How many are not settled. */
    long unsettled() {
        return pending.values().stream().filter(each -> each.token == null).count();
    }

    /** When the oldest of those was accepted. */
    Optional<Instant> oldest() {
        return pending.values().stream()
                .filter(each -> each.token == null)
                .map(Pending::at)
                .min(Comparator.naturalOrder());
    }
}
