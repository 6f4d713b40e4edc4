package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.ILLEGAL_VALUE;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.MISSING_FIELD;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_FIELD;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_VERSION;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is read field by field; what nobody asked for is refused by name at the end.
 */
final class JsonObject {

    private final JsonFields fields;
    private final @Nullable JsonObject parent;
    private final String name;
    private final boolean[] asked;
    private int last;

    private JsonObject(JsonFields fields, @Nullable JsonObject parent, String name) {
        this.fields = fields;
        this.parent = parent;
        this.name = name;
        this.asked = new boolean[fields.size()];
    }

    static JsonObject parse(byte[] bytes) {
        return new JsonObject(JsonReader.read(bytes), null, "");
    }

    /** That of some which is for the version that the object says it has. */
    <R> R versioned(Map<Integer, R> some) {
        if (!(required("schema") instanceof Integer found)) {
            throw illegal("schema", "must be a number");
        }
        R mine = some.get(found);
        if (mine == null) {
            throw new MalformedRecordException(
                    UNKNOWN_VERSION,
                    "schema %d is not known here, %d is"
                            .formatted(found, Collections.max(some.keySet())));
        }
        return mine;
    }

    String text(String field) {
        if (required(field) instanceof String text) {
            return text;
        }
        throw illegal(field, "must be a string");
    }

    @Nullable String optionalText(String field) {
        return has(field) ? text(field) : null;
    }

    long number(String field) {
        Object value = required(field);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw illegal(field, "must be a whole number");
    }

    @Nullable Long optionalNumber(String field) {
        return has(field) ? number(field) : null;
    }

    boolean flag(String field) {
        if (required(field) instanceof Boolean flag) {
            return flag;
        }
        throw illegal(field, "must be true or false");
    }

    /** Hands a string to a constructor that validates it. */
    <T> T parsed(String field, Function<String, T> parser) {
        return legal(field, text(field), parser);
    }

    <T> @Nullable T optionalParsed(String field, Function<String, T> parser) {
        return has(field) ? parsed(field, parser) : null;
    }

    /** Hands a whole number to a constructor that validates it. */
    <T> T counted(String field, LongFunction<T> parser) {
        return legal(field, number(field), parser::apply);
    }

    <E extends Enum<E>> E oneOf(String field, Class<E> type) {
        String text = text(field);
        var constants = Constants.of(type);
        E constant = constants.named(text);
        if (constant == null) {
            throw illegal(field, "must be one of " + constants.names() + ", not '" + text + "'");
        }
        return constant;
    }

    Instant instant(String field) {
        return parsed(field, InstantText::parse);
    }

    @Nullable Instant optionalInstant(String field) {
        return has(field) ? instant(field) : null;
    }

    <T> List<T> list(String field, Function<String, T> parser) {
        var elements = new ArrayList<T>();
        for (Object element : array(field)) {
            if (!(element instanceof String text)) {
                throw illegal(field, "must hold strings only");
            }
            elements.add(legal(field, text, parser));
        }
        return elements;
    }

    <T> List<T> objects(String field, Function<JsonObject, T> reader) {
        var elements = new ArrayList<T>();
        for (Object element : array(field)) {
            if (!(element instanceof JsonFields object)) {
                throw illegal(field, "must hold objects only");
            }
            elements.add(new JsonObject(object, this, field).readWith(reader));
        }
        return elements;
    }

    <T> T object(String field, Function<JsonObject, T> reader) {
        if (required(field) instanceof JsonFields object) {
            return new JsonObject(object, this, field).readWith(reader);
        }
        throw illegal(field, "must be an object");
    }

    boolean has(String field) {
        return optional(field) != null;
    }

    /** Reads and then refuses the fields that the reader did not ask for. */
    <T> T readWith(Function<JsonObject, T> reader) {
        T value = reader.apply(this);
        for (int i = 0; i < asked.length; i++) {
            if (!asked[i]) {
                throw new MalformedRecordException(
                        UNKNOWN_FIELD, "unknown field '" + pathTo(fields.name(i)) + "'");
            }
        }
        return value;
    }

    MalformedRecordException illegal(String field, String rule) {
        return new MalformedRecordException(ILLEGAL_VALUE, "'" + pathTo(field) + "' " + rule);
    }

    private String pathTo(String field) {
        return parent == null ? field : parent.pathTo(name) + "." + field;
    }

    private <A, T> T legal(String field, A raw, Function<A, T> parser) {
        try {
            return parser.apply(raw);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw illegal(field, "is illegal: " + e.getMessage());
        }
    }

    private List<?> array(String field) {
        if (required(field) instanceof List<?> array) {
            return array;
        }
        throw illegal(field, "must be an array");
    }

    private Object required(String field) {
        Object value = optional(field);
        if (value == null) {
            throw new MalformedRecordException(
                    MISSING_FIELD, "field '" + pathTo(field) + "' is missing");
        }
        return value;
    }

    /** Looks first where it found the last one: fields are asked for in about their order. */
    private @Nullable Object optional(String field) {
        int index = fields.indexOf(field, last);
        if (index < 0) {
            return null;
        }
        last = index;
        asked[index] = true;
        return fields.value(index);
    }
}
