package io.freshet.engine.store;

import io.freshet.contracts.position.Stamp;

/** What a PUT into a namespace without a source did. */
public sealed interface PutOutcome {

    /**
     * It is stored.
     *
     * @param created whether there was no entry before
     * @param stamp that the entry now carries: the largest of the writer's position, the stamp of
     *     the entry before and the bucket's {@code begun}
     */
    record Stored(boolean created, Stamp stamp) implements PutOutcome {}

    /** There is no room in the namespace, and its policy lets nobody go: nothing has changed. */
    record Full() implements PutOutcome {}
}
