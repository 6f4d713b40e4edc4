package io.freshet.engine.structure;

import io.freshet.engine.entry.EntryHeader.Kind;
import java.util.List;
import java.util.Map;

/** What is to be done to a structure. Elements and values of fields are JSON, as it came. */
public sealed interface Change {

    /** Of the structure. */
    Kind kind();

    /** Whether a structure begins with it where there is none. */
    default boolean begins() {
        return true;
    }

    /** An end of a list. */
    enum Side {
        LEFT,
        RIGHT
    }

    /** Puts elements, one after another, at an end of a list. */
    record Push(Side side, List<byte[]> elements) implements Change {
        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }

    /** Takes elements from an end of a list. */
    record Pop(Side side, int count) implements Change {
        @Override
        public Kind kind() {
            return Kind.LIST;
        }

        @Override
        public boolean begins() {
            return false;
        }
    }

    /** Adds members to a set. */
    record Add(List<String> members) implements Change {
        @Override
        public Kind kind() {
            return Kind.SET;
        }
    }

    /** Removes members from a set. */
    record Remove(List<String> members) implements Change {
        @Override
        public Kind kind() {
            return Kind.SET;
        }

        @Override
        public boolean begins() {
            return false;
        }
    }

    /** Sets fields of a hash. */
    record Put(Map<String, byte[]> fields) implements Change {
        @Override
        public Kind kind() {
            return Kind.HASH;
        }
    }

    /** Removes fields from a hash. */
    record Drop(List<String> fields) implements Change {
        @Override
        public Kind kind() {
            return Kind.HASH;
        }

        @Override
        public boolean begins() {
            return false;
        }
    }

    /** Adds to a field of a hash, which begins at 0. */
    record IncrementField(String field, long by) implements Change {
        @Override
        public Kind kind() {
            return Kind.HASH;
        }
    }

    /** Adds to a counter, which begins at 0. */
    record Increment(long by) implements Change {
        @Override
        public Kind kind() {
            return Kind.COUNTER;
        }
    }
}
