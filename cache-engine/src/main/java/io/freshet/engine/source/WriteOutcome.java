package io.freshet.engine.source;

import io.freshet.contracts.id.Lsn;

/** What became of a write to a source. */
public sealed interface WriteOutcome {

    /**
     * It is committed, and every new reader sees it.
     *
     * @param lsn a position in the database's log at or behind the commit
     * @param rows how many were written
     */
    record Committed(Lsn lsn, int rows) implements WriteOutcome {}

    /** The namespace's statement does not work: whatever the value. */
    record Broken(String detail) implements WriteOutcome {}

    /**
     * The database refuses it, and will again.
     *
     * @param conflict whether another row stands in its way
     * @param detail what it says, without the statement and without values
     */
    record Refused(boolean conflict, String detail) implements WriteOutcome {}
}
