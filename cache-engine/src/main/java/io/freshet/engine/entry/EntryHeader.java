package io.freshet.engine.entry;

import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What an entry says of itself.
 *
 * @param stamp the log position up to which everything was in force when the source was read
 * @param softMark position of the last soft invalidation applied to it, or {@link Stamp#ZERO}
 * @param softExpiry after which it is worth refreshing
 * @param hardExpiry after which it is gone; times are kept to the millisecond
 * @param loadCost how long the source took, to the microsecond; zero when nothing was loaded
 * @param contentType of the value's bytes
 */
public record EntryHeader(
        Kind kind,
        Stamp stamp,
        Stamp softMark,
        Instant created,
        Instant softExpiry,
        Instant hardExpiry,
        Duration loadCost,
        String contentType,
        Set<Tag> tags) {

    /** The type of JSON values. */
    public static final String JSON = "application/json";

    public EntryHeader {
        tags = Set.copyOf(tags);
    }

    /** What the value is. */
    public enum Kind {
        /** The value's bytes follow. */
        VALUE,
        /** The source has no such key; no bytes follow. */
        ABSENT,
        /** A list, which stands beside the entry; how many bytes its elements have follows. */
        LIST,
        /** The same for a set. */
        SET,
        /** The same for a hash. */
        HASH,
        /** The same for a counter. */
        COUNTER;

        /** Whether the value is a structure that stands beside the entry. */
        public boolean isStructure() {
            return this != VALUE && this != ABSENT;
        }
    }

    /** Of JSON that no source was asked for, and that is gone as soon as it has expired. */
    public static EntryHeader unloaded(
            Kind kind, Stamp stamp, Instant created, Instant expiry, Set<Tag> tags) {
        return new EntryHeader(
                kind, stamp, Stamp.ZERO, created, expiry, expiry, Duration.ZERO, JSON, tags);
    }

    /** Whether a soft invalidation was applied since the value was read. */
    public boolean isMarkedSoft() {
        return stamp.isKilledBy(softMark);
    }

    public EntryHeader withStamp(Stamp stamp) {
        return new EntryHeader(
                kind,
                stamp,
                softMark,
                created,
                softExpiry,
                hardExpiry,
                loadCost,
                contentType,
                tags);
    }
}
