package io.freshet.engine.write;

import io.freshet.engine.NewValue;
import io.freshet.engine.entry.EntryHeader;
import org.jspecify.annotations.Nullable;

/** What a value must be to be written to a source. */
final class WritableValue {

    private WritableValue() {}

    /** What is wrong with it, for its sender; null when nothing is. */
    static @Nullable String problemOf(NewValue value) {
        if (!value.contentType().equals(EntryHeader.JSON)) {
            return "a value that is written to the source is JSON: send Content-Type:"
                    + " application/json";
        }
        if (value.ttl() != null || !value.tags().isEmpty()) {
            return "a value that is written to the source has the TTL of its namespace and the tags"
                    + " that the source gives it: leave 'ttl' and 'tags' out";
        }
        return null;
    }
}
