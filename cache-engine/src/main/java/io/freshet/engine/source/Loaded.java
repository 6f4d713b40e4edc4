package io.freshet.engine.source;

import io.freshet.contracts.id.Tag;
import java.util.Set;

/** What a source has for a key. */
public sealed interface Loaded {

    /** A value and the tags it falls under. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Value(byte[] bytes, String contentType, Set<Tag> tags) implements Loaded {

        public Value {
            tags = Set.copyOf(tags);
        }
    }

    /** The source has no such key. */
    record Absent() implements Loaded {}
}
