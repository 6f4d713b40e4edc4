package io.freshet.engine.structure;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows as it changes a structure.
 *
 * @param judged the sidecar, as the store has it; null when there was none
 * @param isOutdated whether the node judged it so: the structure then begins anew
 * @param position at which it was judged
 * @param beginning the sidecar of a structure that begins now
 */
public record Attempt(
        @Nullable EntryHeader judged,
        boolean isOutdated,
        Stamp position,
        EntryHeader beginning,
        Mode mode) {

    /** What may begin. */
    public enum Mode {
        /** Nothing: the change is of what is there. */
        CHANGE,
        /** Nothing, since it is not registered: it is tried again. */
        CHANGE_OR_AGAIN,
        /** A structure, which is registered. */
        BEGIN,
        /** The same, and one that is there takes its expiries. */
        BEGIN_OR_EXTEND
    }
}
