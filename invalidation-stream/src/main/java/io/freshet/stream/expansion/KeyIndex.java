package io.freshet.stream.expansion;

import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys that Redis may hold, by key and by tag.
 *
 * <p>A key may stand here that Redis no longer holds, never the other way round: Redis evicting an
 * entry for reasons of its own does not drop it here, because a fill of it may be on its way. One
 * row per key and one per tag of a key; no row grows with the number of keys.
 */
final class KeyIndex {

    private final Rows keys;
    private final Rows tags;

    KeyIndex(Rows keys, Rows tags) {
        this.keys = keys;
        this.tags = tags;
    }

    /** Merges a registration into what is known of its key. */
    void add(Registration entry, Instant now) {
        RowKey at = RowKey.ofKey(entry.namespace(), entry.key());
        var added = new IndexRow(entry.stamp(), entry.hardExpiry(), new TreeSet<>(entry.tags()));
        IndexRow known = row(at);
        IndexRow merged = known == null ? added : withoutOutlived(known, entry, now).and(added);
        for (Tag tag : entry.tags()) {
            tags.put(tagged(entry, tag), encode(merged.hardExpiry()));
        }
        keys.put(at, merged.encode());
    }

    /**
     * The keys that fall under the scope, a bounded number of rows at a time.
     *
     * @param after where the page before ended, or null for the first
     * @param rows most rows to look at; fewer keys may match
     * @param most keys to find
     */
    Page matching(Target scope, @Nullable RowKey after, int rows, int most) {
        return switch (scope) {
            case Target.OfNamespace(var namespace) ->
                    page(keys, RowKey.ofParts(namespace.value(), ""), after, rows, most, _ -> true);
            case Target.OfPattern(var namespace, KeyPattern pattern) ->
                    page(
                            keys,
                            RowKey.ofParts(namespace.value(), pattern.literalPrefix()),
                            after,
                            rows,
                            most,
                            pattern::matches);
            case Target.OfTag(var namespace, var tag) ->
                    page(
                            tags,
                            RowKey.ofParts(namespace.value(), tag.value(), ""),
                            after,
                            rows,
                            most,
                            _ -> true);
            case Target.OfKey _, Target.OfKeys _ ->
                    throw new IllegalArgumentException("not a scope: " + scope);
        };
    }

    /**
     * Forgets the key if all its registrations are stamped below {@code position}.
     *
     * @return rows removed
     */
    int dropIfOlder(Namespace namespace, EntryKey key, Stamp position) {
        RowKey at = RowKey.ofKey(namespace, key);
        IndexRow known = row(at);
        return known != null && known.stamp().isKilledBy(position) ? drop(at, known) : 0;
    }

    /**
     * Forgets keys that Redis has let go because their time was over.
     *
     * @param after where the sweep before ended, or null for the first row
     * @param rows most rows to look at
     * @return where to go on, or null when the end was reached
     */
    @Nullable RowKey sweep(@Nullable RowKey after, int rows, Instant now) {
        var expired = new ArrayList<RowKey>();
        var walk = new Walk(rows);
        keys.scan(
                RowKey.of(new byte[0]),
                after,
                (at, value) ->
                        walk.step(
                                at,
                                () -> {
                                    if (isOver(IndexRow.decode(value).hardExpiry(), now)) {
                                        expired.add(at);
                                    }
                                }));
        for (RowKey at : expired) {
            IndexRow known = row(at);
            if (known != null) {
                drop(at, known);
            }
        }
        return walk.resume();
    }

    static boolean isOver(Instant hardExpiry, Instant now) {
        return hardExpiry.plus(Expansion.CLOCK_TOLERANCE).isBefore(now);
    }

    private @Nullable IndexRow row(RowKey at) {
        byte[] value = keys.get(at);
        return value == null ? null : IndexRow.decode(value);
    }

    private int drop(RowKey at, IndexRow row) {
        String[] parts = at.parts();
        for (Tag tag : row.tags()) {
            tags.delete(RowKey.ofParts(parts[0], tag.value(), parts[1]));
        }
        keys.delete(at);
        return 1 + row.tags().size();
    }

    /** Lets go of tags that only registrations carried whose time is over. */
    private IndexRow withoutOutlived(IndexRow known, Registration entry, Instant now) {
        IndexRow kept = known;
        for (Tag tag : known.tags()) {
            byte[] hardExpiry = entry.tags().contains(tag) ? null : tags.get(tagged(entry, tag));
            if (hardExpiry != null && isOver(decode(hardExpiry), now)) {
                tags.delete(tagged(entry, tag));
                kept = kept.without(tag);
            }
        }
        return kept;
    }

    private static RowKey tagged(Registration entry, Tag tag) {
        return RowKey.ofTagged(entry.namespace(), tag, entry.key());
    }

    private static byte[] encode(Instant hardExpiry) {
        return ByteBuffer.allocate(Long.BYTES).putLong(hardExpiry.toEpochMilli()).array();
    }

    private static Instant decode(byte[] hardExpiry) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(hardExpiry).getLong());
    }

    private static Page page(
            Rows table,
            RowKey prefix,
            @Nullable RowKey after,
            int rows,
            int most,
            Predicate<EntryKey> filter) {
        var found = new ArrayList<EntryKey>();
        var walk = new Walk(rows);
        table.scan(
                prefix,
                after,
                (at, _) ->
                        walk.step(
                                at,
                                () -> {
                                    var key = new EntryKey(at.lastPart());
                                    if (filter.test(key)) {
                                        found.add(key);
                                        walk.stopIf(found.size() == most);
                                    }
                                }));
        return new Page(found, walk.resume(), walk.visited);
    }

    /**
     * Keys found in a part of the index.
     *
     * @param resume where to go on, or null when the end was reached
     * @param visited rows looked at
     */
    record Page(List<EntryKey> keys, @Nullable RowKey resume, int visited) {}

    /** Stops a scan at a row, after a number of rows, or when enough was found. */
    private static final class Walk {
        private final int rows;
        private int visited;
        private @Nullable RowKey last;
        private boolean full;
        private boolean stopped;

        Walk(int rows) {
            this.rows = rows;
        }

        boolean step(RowKey at, Runnable look) {
            if (visited == rows || full) {
                stopped = true;
                return false;
            }
            look.run();
            visited++;
            last = at;
            return true;
        }

        void stopIf(boolean enough) {
            full |= enough;
        }

        @Nullable RowKey resume() {
            return stopped ? last : null;
        }
    }
}
