/**
 * How a namespace keeps within its bounds: how they are divided among buckets, who gives up room
 * for whom, and which reads are noted for the order of eviction. Knows no Redis and no clock.
 */
@NullMarked
package io.freshet.engine.eviction;

import org.jspecify.annotations.NullMarked;
