/**
 * The removal of invalidated entries from Redis, as callers see it: how far each is, and pausing,
 * resuming and cancelling it. invalidation-stream does it; the two talk through topics.
 */
@NullMarked
package io.freshet.api.fanout;

import org.jspecify.annotations.NullMarked;
