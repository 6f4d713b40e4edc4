package io.freshet.cdc.database;

import io.freshet.cdc.visibility.Snapshot;
import io.freshet.contracts.id.Lsn;

/**
 * What a new reader sees, and how far the log has been written.
 *
 * @param written at or past the commit record of every transaction delivered before
 */
public record Reading(Snapshot snapshot, Lsn written) {}
