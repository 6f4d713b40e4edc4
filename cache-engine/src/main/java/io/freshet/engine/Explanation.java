package io.freshet.engine;

import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Evidence;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.store.Marker;
import org.jspecify.annotations.Nullable;

/**
 * Why a key is answered as it is: what each tier holds, and what the node knows that bears on it.
 *
 * @param near the copy in the node's memory; null when there is none
 * @param stored the entry in the shared store; null when there is none
 * @param marker that of its bucket, read with it; null when it has none
 */
public record Explanation(
        @Nullable Held near,
        @Nullable Held stored,
        @Nullable Marker marker,
        Evidence evidence,
        WindowState window) {

    /** What a tier holds, and how it is judged. */
    public record Held(EntryHeader header, Verdict verdict) {}
}
