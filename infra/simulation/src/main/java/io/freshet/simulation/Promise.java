package io.freshet.simulation;

import io.freshet.contracts.event.Mode;
import java.util.List;

/**
 * What a record of the log promises to those who know of it: nothing older than these versions of
 * these rows is answered; of a soft one, not unless it is marked stale.
 *
 * @param versions by place in {@code rows}
 * @param failovers of the store before; after another one a promise about values that only the
 *     store has is void. {@link #FOR_EVER} when it never is
 */
record Promise(List<Integer> rows, List<Integer> versions, Mode mode, int failovers) {

    static final int FOR_EVER = -1;
}
