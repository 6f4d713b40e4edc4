/**
 * The shared tier in Redis: how keys are named, the scripts that are its atomic steps, and the
 * connections. Only this package touches Lettuce.
 *
 * <p>A bucket is a hash tag, so that an entry and its bucket's marker are in one slot: {@code
 * cache:{users.17}:user_123} beside {@code mark:{users.17}}. Everything works on standalone Redis,
 * behind Sentinel and on a Cluster.
 */
@NullMarked
package io.freshet.engine.redis;

import org.jspecify.annotations.NullMarked;
