package io.freshet.engine.structure;

import io.freshet.engine.Lookup;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found of a structure. */
public sealed interface Found {

    /**
     * It is there.
     *
     * @param length how many elements it has
     * @param next the index or cursor from which to go on; null at the end
     * @param elements in the order that was asked for; null for a name that is not there
     */
    record Part(
            EntryHeader header, long length, @Nullable Long next, List<byte @Nullable []> elements)
            implements Found {}

    /** There is nothing. */
    record Nothing() implements Found {}

    /** The key holds something else. */
    record WrongKind(Kind kind) implements Found {}

    /** Nothing can be answered now. */
    record Unavailable(Lookup.Reason reason) implements Found {}
}
