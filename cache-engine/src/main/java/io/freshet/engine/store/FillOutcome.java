package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/** What became of a fill. */
public sealed interface FillOutcome {

    /** It is stored. */
    record Stored() implements FillOutcome {}

    /**
     * An eviction at {@code begun} has begun, and the fill is older: wait for it, check, try again.
     */
    record Refused(Stamp begun) implements FillOutcome {}

    /** The store holds a newer one already. */
    record Superseded() implements FillOutcome {}

    /** The bucket has no marker yet (new namespace, or lost data): the value is not cached. */
    record Uninitialised() implements FillOutcome {}

    /** There is no room in the namespace, and its policy lets nobody go. */
    record Full() implements FillOutcome {}
}
