/**
 * The cache of one node: everything about holding entries and knowing how fresh they are.
 *
 * <p>{@link io.freshet.engine.CacheEngine} is the way in. The protocol (package {@code freshness},
 * {@code read}) knows no thread, no clock but the one passed in, and reaches Redis, Kafka and the
 * source through the small interfaces of {@code store}, {@code log} and {@code source}.
 */
@NullMarked
package io.freshet.engine;

import org.jspecify.annotations.NullMarked;
