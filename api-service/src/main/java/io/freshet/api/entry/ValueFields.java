package io.freshet.api.entry;

import io.freshet.api.body.BodyReader;
import io.freshet.api.body.Identifiers;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.NewValue;
import io.freshet.engine.entry.EntryHeader;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields {@code value}, {@code ttl} and {@code tags} of a JSON document, as they come. */
final class ValueFields {

    private byte @Nullable [] value;
    private @Nullable Duration ttl;
    private Set<Tag> tags = Set.of();

    /** Reads a whole document that has these fields and no others. */
    static NewValue read(byte[] body) {
        var fields = new ValueFields();
        BodyReader.readAll(
                body,
                (field, in) -> {
                    if (!fields.take(field, in)) {
                        throw in.unknown();
                    }
                });
        return fields.toNewValue("");
    }

    /**
     * Takes a field.
     *
     * @return false when it is none of these
     */
    boolean take(String field, BodyReader in) {
        switch (field) {
            case "value" -> value = in.slice();
            case "ttl" -> ttl = in.isNull() ? null : Ttl.read(in);
            case "tags" -> tags = in.isNull() ? Set.of() : Tags.of(Identifiers.tags(in));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * What was taken.
     *
     * @param prefix of field names in problems
     */
    NewValue toNewValue(String prefix) {
        if (value == null) {
            throw BodyReader.missing(prefix + "value");
        }
        return new NewValue(value, EntryHeader.JSON, ttl, tags);
    }
}
