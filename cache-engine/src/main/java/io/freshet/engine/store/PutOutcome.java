package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/** What a PUT into a namespace without a source did. */
public sealed interface PutOutcome {

    /**
     * It is stored.
     *
     * @param before the entry that it took the place of, without its value, and the bucket's marker
     *     at that moment
     * @param stamp that the entry now carries: the largest of the writer's position, the stamp of
     *     the entry before and the bucket's {@code begun}
     */
    record Stored(StoredEntry before, Stamp stamp) implements PutOutcome {}

    /** There is no room in the namespace, and its policy lets nobody go: nothing has changed. */
    record Full() implements PutOutcome {}
}
