/**
 * What makes the worker warm without being asked: its start, a schedule, a loss of Redis or of
 * invalidations, too many misses, the invalidation of a hot key. {@link
 * io.freshet.warmer.trigger.Triggers} looks once a second.
 */
@NullMarked
package io.freshet.warmer.trigger;

import org.jspecify.annotations.NullMarked;
