package io.freshet.engine.structure;

import io.freshet.engine.Lookup;
import io.freshet.engine.entry.EntryHeader.Kind;
import java.util.List;

/** What became of a change. */
public sealed interface Changed {

    /**
     * It is done.
     *
     * @param count members that were added or removed, fields that are new or were removed,
     *     elements that were pushed or popped
     * @param length how many there are then
     * @param elements those that were popped; or the number that was added to, as it is then
     */
    record Done(long count, long length, List<byte[]> elements) implements Changed {}

    /** The key holds something else. */
    record WrongKind(Kind kind) implements Changed {}

    /** The field is no whole number, or it or the counter would not fit in 64 bits. */
    record NoNumber() implements Changed {}

    /** There is no room, and the namespace's policy lets nobody go: nothing has changed. */
    record Full() implements Changed {}

    /** It may not have been done. */
    record Unavailable(Lookup.Reason reason) implements Changed {}
}
