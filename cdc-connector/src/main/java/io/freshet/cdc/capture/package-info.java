/**
 * Change capture: Debezium's records become work for the barrier, and what the barrier lets go goes
 * out. The only package that knows Debezium.
 *
 * <p>Debezium is used as a decoder. Its own offsets stay in memory: every start reads from where
 * the replication slot stands, which gives whole transactions, and the slot is moved only to the
 * ends of transactions that are published for good.
 */
@NullMarked
package io.freshet.cdc.capture;

import org.jspecify.annotations.NullMarked;
