package io.freshet.engine.log;

import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;

/**
 * What a node does with the log that {@link LogTail} reads to it.
 *
 * <p>Per partition: {@link #restore} for each scope record, then {@link #begin} once, then {@link
 * #consume} in the order of the log, with {@link #unreadable} and {@link #gap} in between. A
 * restore that fails half-way is repeated from its start, before {@code begin}.
 *
 * <p>Called by the tail's thread only, which waits: do not block. An exception stops the tail at
 * the record that caused it, which is tried again after a while.
 */
public interface LogListener {

    /** Takes over what the expander remembers. Superseded records may come too. */
    void restore(int partition, ScopeRecord record);

    /**
     * Begins a partition.
     *
     * @param floor consumption begins after it; of scopes, everything at or below it was restored
     * @param readyAt the end of the log, seen after the restore: until it is consumed, an
     *     invalidation that was in force before this node started may be unknown to it
     */
    void begin(int partition, Stamp floor, Stamp readyAt);

    /** Takes the next record; {@code position} counts it in. */
    void consume(int partition, Stamp position, LogRecord record);

    /**
     * The record at {@code position} cannot be read, so it may have been any invalidation: nothing
     * stamped below {@code position} is to be trusted.
     */
    void unreadable(int partition, Stamp position);

    /**
     * Something at or below {@code begin}, the place where consumption goes on, is lost (removed by
     * retention before it was read, or a scope record that cannot be read): nothing stamped below
     * it is to be trusted.
     */
    void gap(int partition, Stamp begin);
}
