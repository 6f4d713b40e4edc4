/** The node's ends of the Kafka topics: tailing the log, publishing events, registering entries. */
@NullMarked
package io.freshet.engine.log;

import org.jspecify.annotations.NullMarked;
