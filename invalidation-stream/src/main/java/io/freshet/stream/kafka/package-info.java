/** Everything of this service that knows Kafka: the two topologies and the eviction consumer. */
@NullMarked
package io.freshet.stream.kafka;

import org.jspecify.annotations.NullMarked;
