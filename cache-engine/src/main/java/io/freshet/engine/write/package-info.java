/**
 * Writing through the cache: to the source at once, or durably in Kafka first. What readers get is
 * never older than what the writer was told.
 */
@NullMarked
package io.freshet.engine.write;

import org.jspecify.annotations.NullMarked;
