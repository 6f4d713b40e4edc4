package io.freshet.engine.read;

import io.freshet.engine.entry.Entry;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.store.Marker;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the store held it, and what a reader makes of it.
 *
 * @param entry carries the stamp that is true of it here
 * @param marker read together with it
 */
record Judged(Entry entry, @Nullable Marker marker, Verdict verdict, Age age) {

    /** Whether it is as good as a value that was just loaded. */
    boolean isFresh() {
        return verdict == Verdict.FRESH && age.isWithinTtl();
    }
}
