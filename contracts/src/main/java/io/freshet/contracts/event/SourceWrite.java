package io.freshet.contracts.event;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;

/**
 * What a caller wrote and what became of it, on {@code freshet.writes}. All that is said of one key
 * stands in one partition, in order.
 */
public sealed interface SourceWrite {

    Namespace namespace();

    EntryKey key();

    /** When it was said. */
    Instant at();

    /**
     * A value for the source.
     *
     * @param json the value, a JSON text
     */
    record Put(Namespace namespace, EntryKey key, String json, Instant at) implements SourceWrite {}

    /** A key that the source is to delete. */
    record Delete(Namespace namespace, EntryKey key, Instant at) implements SourceWrite {}

    /**
     * The source has taken a write, or refused it for good; the key was invalidated after that.
     *
     * @param offset of the write, in the same partition
     * @param token of the invalidation
     */
    record Settled(Namespace namespace, EntryKey key, long offset, InboxPosition token, Instant at)
            implements SourceWrite {}
}
