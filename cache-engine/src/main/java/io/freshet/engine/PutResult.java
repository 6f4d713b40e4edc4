package io.freshet.engine;

import io.freshet.contracts.id.Lsn;

/** What became of a value that a caller brought. */
public sealed interface PutResult {

    /** It is stored. */
    record Stored(boolean created) implements PutResult {}

    /** The namespace has a source, so the value must come with the token of the miss before it. */
    record TokenRequired() implements PutResult {}

    /** The key was invalidated since the token was handed out: load again. */
    record Invalidated() implements PutResult {}

    /**
     * The source is written, and what the cache had is invalidated.
     *
     * @param lsn a reader who names it sees the write on every node
     * @param receipt of the invalidation
     */
    record Written(Lsn lsn, Receipt receipt) implements PutResult {}

    /** It is durable, and the source is written in a moment. */
    record Queued() implements PutResult {}

    /** The source refuses the value, and will again. */
    record Rejected(boolean conflict, String detail) implements PutResult {}

    /** The value is none that a source can be written with. */
    record Unwritable(String detail) implements PutResult {}

    /** Nothing was stored: there is no room, and the namespace's policy lets nobody go. */
    record Full() implements PutResult {}

    /** Nothing was stored; trying again may help. */
    record Unavailable(Lookup.Reason reason) implements PutResult {}
}
