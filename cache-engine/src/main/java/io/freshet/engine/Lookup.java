package io.freshet.engine;

import io.freshet.contracts.position.LogPosition;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryHeader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a read found. */
public sealed interface Lookup {

    /**
     * A value.
     *
     * @param tier where it was found
     * @param stale whether it is served although an invalidation or the consistency window says
     *     otherwise, as its namespace allows
     * @param freshAsOf every invalidation at or below this position is accounted for
     */
    record Hit(Entry entry, Tier tier, boolean stale, LogPosition freshAsOf) implements Lookup {}

    /**
     * There is no such key: the source has none, or nobody has put one.
     *
     * @param tier who says so
     * @param token lets the caller put what it loads by itself; it is refused if the key was
     *     invalidated in between
     */
    record Absent(Tier tier, MissToken token) implements Lookup {}

    /** Nothing can be answered now. */
    record Unavailable(Reason reason, @Nullable String detail) implements Lookup {

        /** There is a structure, which is no value. */
        public static Unavailable ofStructure(EntryHeader.Kind kind) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            return new Unavailable(
                    Reason.WRONG_KIND,
                    "the key holds a %s, whose path is that of the key and /%s"
                            .formatted(name, name));
        }
    }

    /** Where an answer comes from. */
    enum Tier {
        /** This node's memory. */
        L1,
        /** Redis. */
        L2,
        /** The source of the namespace. */
        SOURCE,
        /** A write that the source has not taken yet. */
        PENDING
    }

    /** Why nothing can be answered. */
    enum Reason {
        /** The node has not caught up with the log since it started. */
        NOT_READY,
        /** The source timed out. */
        SOURCE_TIMEOUT,
        /** The source cannot be reached. */
        SOURCE_UNAVAILABLE,
        /** The source refuses this key. */
        KEY_REJECTED,
        /** Redis cannot be reached and the namespace has no source. */
        STORE_UNAVAILABLE,
        /** The key holds a list, a set, a hash or a counter, which has a resource of its own. */
        WRONG_KIND,
        /** The pipeline lags past the namespace's window, and it refuses. */
        WINDOW_EXCEEDED
    }
}
