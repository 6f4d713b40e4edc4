package io.freshet.cdc.capture;

import io.freshet.cdc.publish.DeadLetter;
import io.freshet.cdc.rule.RowChange;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;

/** What one record of the engine says. */
sealed interface Captured {

    /**
     * A row changed, or a table was emptied.
     *
     * @param transaction 32-bit id of its transaction
     * @param committedAt by the database's clock
     */
    record Changed(int transaction, Instant committedAt, RowChange change) implements Captured {}

    /**
     * SQL asked for an invalidation.
     *
     * @param transaction 32-bit id of its transaction
     * @param committedAt by the database's clock
     */
    record Called(int transaction, Instant committedAt, Finding.ByCall call) implements Captured {}

    /** Something was meant to ask for one and cannot be read. */
    record Unreadable(DeadLetter letter) implements Captured {}

    /**
     * A heartbeat.
     *
     * @param lsn of the message, before its commit
     */
    record Beat(Lsn lsn, Instant committedAt) implements Captured {}

    /**
     * The end of a transaction.
     *
     * @param commit just past its commit record
     */
    record Ended(Lsn commit) implements Captured {}

    /** Nothing of interest. */
    record Nothing() implements Captured {}
}
