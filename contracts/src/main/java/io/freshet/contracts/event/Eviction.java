package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.List;

/** Work for the applier, on {@code freshet.evictions}. */
public sealed interface Eviction {

    /**
     * Every eviction of a key event at or below this position stands before this record, or in it.
     */
    Stamp through();

    /**
     * Entries to evict (hard) or to mark (soft) if they are stamped below {@code killsBelow}.
     *
     * @param killsBelow position of the invalidation
     */
    record Keys(
            Namespace namespace, List<EntryKey> keys, Mode mode, Stamp killsBelow, Stamp through)
            implements Eviction {

        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /**
     * An entry to evict if it is stamped below {@code killsBelow}, and the row that then takes its
     * place, with that stamp, unless something newer is there or evicted.
     *
     * @param killsBelow position of the invalidation
     */
    record Replacement(
            Namespace namespace,
            EntryKey key,
            NewRow row,
            Instant created,
            Instant hardExpiry,
            Stamp killsBelow,
            Stamp through)
            implements Eviction {}

    /**
     * Records of the log at or below {@code through} were lost before they were expanded: entries
     * stamped below it are not to be trusted.
     */
    record Barrier(Stamp through) implements Eviction {}

    /** Nothing to evict up to here; lets the markers of idle buckets move on. */
    record Progress(Stamp through) implements Eviction {}
}
