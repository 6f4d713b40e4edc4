package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.LogPosition;

/** What comes of the log, one after the other, to those who follow it or read it again. */
public sealed interface LogPiece {

    /** How far the log is read with this. */
    LogPositions after();

    /**
     * A record.
     *
     * @param place where it stands, itself counted in
     */
    record Told(LogPositions after, LogPosition place, LogRecord record) implements LogPiece {}

    /** Records that nobody can read any more: removed by retention, or damaged. */
    record Lost(LogPositions after, int partition) implements LogPiece {}

    /** Nothing; says how far the log is read. */
    record Reached(LogPositions after) implements LogPiece {}
}
