package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.Stamp;

/**
 * Is told of the log when what it says is in force on this node. Called by the thread that reads
 * the log, which waits: do not block.
 */
public interface LogFollower {

    /**
     * A partition is consumed up to here. May be told more than once, and late: positions that are
     * lower than one told before say nothing.
     */
    void reached(int partition, Stamp position);

    /** A record is in force; {@code position} counts it in. */
    void inForce(int partition, Stamp position, LogRecord record);

    /** Records at or below the position are lost to this node. */
    void lost(int partition, Stamp position);
}
