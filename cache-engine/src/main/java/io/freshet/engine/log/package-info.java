/**
 * The node's ends of the Kafka topics: tailing the log, publishing events, registering entries,
 * telling what it sees of its traffic.
 */
@NullMarked
package io.freshet.engine.log;

import org.jspecify.annotations.NullMarked;
