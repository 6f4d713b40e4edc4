package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows through the inbox {@code freshet.invalidations} and, ordered, through {@code
 * freshet.log}. Delivery is at least once; everything downstream is idempotent.
 */
public sealed interface Event {

    /**
     * Something that a cache may still hold is no longer true. Part of the public contract.
     *
     * @param id chosen by the producer, or null: then its place in the inbox names it
     * @param lsn where the change stands in the database's log, if it came from one
     * @param at when it happened (of a row change, its commit); null in an inbox record that does
     *     not say, never in the log
     * @param row what the entry's source now holds, from change capture alone; null when it does
     *     not say. Only of a key, hard, with its LSN
     * @param refresh whether entries that are asked for are to be loaded anew at once
     */
    record Invalidation(
            @Nullable String id,
            Target target,
            Mode mode,
            @Nullable Lsn lsn,
            Cause cause,
            @Nullable Instant at,
            @Nullable NewRow row,
            boolean refresh)
            implements Event {

        public Invalidation {
            if (row != null && !mayTellRow(target, mode, lsn)) {
                throw new IllegalArgumentException(
                        "a row stands only in a hard invalidation of a key, with its LSN");
            }
        }

        /** Whether it can say what the entry's source now holds. */
        public static boolean mayTellRow(Target target, Mode mode, @Nullable Lsn lsn) {
            return target instanceof Target.OfKey && mode == Mode.HARD && lsn != null;
        }

        /** The same, one by one: no element is about several keys. */
        public List<Invalidation> each() {
            return target instanceof Target.OfKeys ofKeys
                    ? ofKeys.each().stream().map(this::about).toList()
                    : List.of(this);
        }

        /** The same of something else. */
        public Invalidation about(Target other) {
            return new Invalidation(id, other, mode, lsn, cause, at, row, refresh);
        }

        /** One after which nothing is loaded before it is asked for. */
        public Invalidation(
                @Nullable String id,
                Target target,
                Mode mode,
                @Nullable Lsn lsn,
                Cause cause,
                @Nullable Instant at,
                @Nullable NewRow row) {
            this(id, target, mode, lsn, cause, at, row, false);
        }

        /** One that does not say what the entry's source now holds. */
        public Invalidation(
                @Nullable String id,
                Target target,
                Mode mode,
                @Nullable Lsn lsn,
                Cause cause,
                @Nullable Instant at) {
            this(id, target, mode, lsn, cause, at, null, false);
        }
    }

    /**
     * PUTs replaced entries of a namespace without a source: near-cache copies read before them are
     * outdated, the entries in Redis are not.
     *
     * @param keys at least one, all of one log partition
     * @param node the node that wrote them
     */
    record Replaced(Namespace namespace, List<EntryKey> keys, String node, Instant at)
            implements Event {

        public Replaced {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("nothing was replaced");
            }
        }

        /** One of a single key. */
        public Replaced(Namespace namespace, EntryKey key, String node, Instant at) {
            this(namespace, List.of(key), node, at);
        }
    }

    /**
     * Everything that the source committed at or before {@code lsn} has gone before, by this inbox
     * partition.
     *
     * @param source name of the source database
     * @param at when the database wrote it
     */
    record Heartbeat(String source, Lsn lsn, Instant at) implements Event {}
}
