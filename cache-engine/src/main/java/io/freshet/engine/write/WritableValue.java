package io.freshet.engine.write;

import io.freshet.engine.NewValue;
import io.freshet.engine.entry.EntryHeader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a value must be to be written to a source. */
final class WritableValue {

    private WritableValue() {}

    /** A JSON text as the value's bytes. */
    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The value's bytes as a JSON text. */
    static String text(NewValue value) {
        return new String(value.bytes(), StandardCharsets.UTF_8);
    }

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
