/**
 * Turns invalidations into evictions of keys, for one log partition. No Kafka here: the rows are
 * kept by whoever implements {@link io.freshet.stream.expansion.Rows}.
 *
 * <h2>Redelivery</h2>
 *
 * Input is delivered at least once, and after a crash the rows may already hold what records say
 * that are about to be delivered again; rows of different tables may differ in how far they are.
 * Two rules make that harmless:
 *
 * <ul>
 *   <li>what a record adds is merged (later stamps, more tags), so adding it twice changes nothing;
 *   <li>what forgets (dropping an index row, moving a cursor on) happens only when a commit has
 *       passed since the evictions that it rests on were sent ({@link
 *       io.freshet.stream.expansion.AfterCommit}): a commit flushes everything sent before it.
 * </ul>
 */
@NullMarked
package io.freshet.stream.expansion;

import org.jspecify.annotations.NullMarked;
