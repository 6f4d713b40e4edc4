package io.freshet.engine.structure;

import io.freshet.engine.entry.EntryHeader.Kind;
import java.util.List;

/** What is asked of a structure. */
public sealed interface Question {

    /** Of the structure. */
    Kind kind();

    /**
     * Elements of a list, by index; below zero it counts from the end.
     *
     * @param limit most elements that are answered
     */
    record Range(long from, long to, int limit) implements Question {
        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }

    /**
     * Members of a set, or fields of a hash and their values by turns.
     *
     * @param cursor where the page before ended; 0 for the first
     * @param limit how many are answered, about
     */
    record Page(Kind kind, long cursor, int limit) implements Question {}

    /** Whether these are members of a set; or the values of these fields of a hash. */
    record These(Kind kind, List<String> names) implements Question {}

    /** The value of a counter. */
    record Value() implements Question {
        @Override
        public Kind kind() {
            return Kind.COUNTER;
        }
    }
}
