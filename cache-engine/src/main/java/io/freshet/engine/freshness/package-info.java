/**
 * What a node knows of the invalidation log, and what it concludes for an entry. Pure: no thread,
 * no clock, no input or output.
 *
 * <p>Conventions. Position p of a partition: its first p records are consumed. A stamp s says that
 * everything at or below s was in force when the source was read; an invalidation at p kills stamps
 * below p, at equality the fill wins. Floor f: everything above f is remembered.
 *
 * <p>One thread, the log's tail, writes; any thread reads. A reader that takes {@link
 * io.freshet.engine.freshness.LogView#position} first and looks at memory afterwards sees every
 * event at or below that position.
 */
@NullMarked
package io.freshet.engine.freshness;

import org.jspecify.annotations.NullMarked;
