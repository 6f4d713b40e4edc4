package io.freshet.stream.expansion;

import org.jspecify.annotations.Nullable;

/**
 * A part of a scope's rows, from the first: up to a row, or all of them.
 *
 * @param last row of it that was looked at, or null for none
 * @param keys handed out of it
 */
record Reach(@Nullable RowKey last, boolean all, long keys) {

    static final Reach NOTHING = new Reach(null, false, 0);
}
