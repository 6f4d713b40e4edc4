/**
 * Deterministic simulation of the freshness protocol: the real classes of the node, of change
 * capture and of the expander, on one thread, in an order that a seed decides.
 *
 * <p>A world is made of actors and of messages on their way. Each step picks one of those that may
 * act. Committing to the write-ahead log and becoming visible are two steps; so are asking a server
 * and hearing its answer. Timeouts may strike at any step.
 */
@NullMarked
package io.freshet.simulation;

import org.jspecify.annotations.NullMarked;
