/** What becomes of a record of the inbox: a record of the log, or a dead letter. No Kafka here. */
@NullMarked
package io.freshet.stream.routing;

import org.jspecify.annotations.NullMarked;
