/**
 * Invalidating again what was invalidated since a time or a place in the log: {@link
 * io.freshet.api.replay.ReplayJob} reads the log and publishes to the inbox what it says.
 */
@NullMarked
package io.freshet.api.replay;

import org.jspecify.annotations.NullMarked;
