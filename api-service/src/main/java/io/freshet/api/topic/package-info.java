/** Kafka topics that every node of the service reads whole, as they grow. */
@NullMarked
package io.freshet.api.topic;

import org.jspecify.annotations.NullMarked;
