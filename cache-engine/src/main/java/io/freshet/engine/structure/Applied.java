package io.freshet.engine.structure;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader.Kind;

/** What a store made of an attempt. */
public sealed interface Applied {

    /**
     * It is done.
     *
     * @param stamp that the structure now carries
     * @param began whether it began
     */
    record Done(Stamp stamp, boolean began, Changed.Done result) implements Applied {}

    /** Another entry is there than the one that was judged: judge it, and try again. */
    record Again() implements Applied {}

    /** An eviction at {@code begun} has begun, of which the node has not heard: wait for it. */
    record Refused(Stamp begun) implements Applied {}

    /** The key holds something else. */
    record WrongKind(Kind kind) implements Applied {}

    /** As {@link Changed.NoNumber}. */
    record NoNumber() implements Applied {}

    /** There is no room. */
    record Full() implements Applied {}
}
