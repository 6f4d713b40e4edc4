package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.ILLEGAL_VALUE;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.MISSING_FIELD;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.NOT_JSON;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_FIELD;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_VERSION;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that is read field by field; what nobody asked for is refused by name at the end.
 */
final class JsonObject {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ObjectNode node;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private JsonObject(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static JsonObject parse(byte[] bytes) {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return new JsonObject(object, "");
            }
        } catch (JacksonException e) {
            throw new MalformedRecordException(NOT_JSON, "not JSON: " + e.getOriginalMessage());
        }
        throw new MalformedRecordException(NOT_JSON, "not a JSON object");
    }

    /** That of some which is for the version that the object says it has. */
    <R> R versioned(Map<Integer, R> some) {
        int found = required("schema", JsonNode::isInt, "a number").intValue();
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
        return required(field, JsonNode::isString, "a string").stringValue();
    }

    @Nullable String optionalText(String field) {
        return optional(field) == null ? null : text(field);
    }

    long number(String field) {
        return required(field, n -> n.isIntegralNumber() && n.canConvertToLong(), "a whole number")
                .longValue();
    }

    @Nullable Long optionalNumber(String field) {
        return optional(field) == null ? null : number(field);
    }

    boolean flag(String field) {
        return required(field, JsonNode::isBoolean, "true or false").booleanValue();
    }

    /** Hands a string to a constructor that validates it. */
    <T> T parsed(String field, Function<String, T> parser) {
        return legal(field, text(field), parser);
    }

    <T> @Nullable T optionalParsed(String field, Function<String, T> parser) {
        return optional(field) == null ? null : parsed(field, parser);
    }

    /** Hands a whole number to a constructor that validates it. */
    <T> T counted(String field, Function<Long, T> parser) {
        return legal(field, number(field), parser);
    }

    <E extends Enum<E>> E oneOf(String field, Class<E> type) {
        String text = text(field);
        for (E value : type.getEnumConstants()) {
            if (Json.name(value).equals(text)) {
                return value;
            }
        }
        throw illegal(field, "must be one of " + Json.names(type) + ", not '" + text + "'");
    }

    Instant instant(String field) {
        return parsed(field, Instant::parse);
    }

    <T> List<T> list(String field, Function<String, T> parser) {
        var elements = new ArrayList<T>();
        for (JsonNode element : array(field)) {
            if (!element.isString()) {
                throw illegal(field, "must hold strings only");
            }
            elements.add(legal(field, element.stringValue(), parser));
        }
        return elements;
    }

    <T> List<T> objects(String field, Function<JsonObject, T> reader) {
        var elements = new ArrayList<T>();
        for (JsonNode element : array(field)) {
            if (!(element instanceof ObjectNode object)) {
                throw illegal(field, "must hold objects only");
            }
            elements.add(new JsonObject(object, path + field + ".").readWith(reader));
        }
        return elements;
    }

    <T> T object(String field, Function<JsonObject, T> reader) {
        var object = (ObjectNode) required(field, JsonNode::isObject, "an object");
        return new JsonObject(object, path + field + ".").readWith(reader);
    }

    boolean has(String field) {
        return optional(field) != null;
    }

    /** Reads and then refuses the fields that the reader did not ask for. */
    <T> T readWith(Function<JsonObject, T> reader) {
        T value = reader.apply(this);
        for (String field : node.propertyNames()) {
            if (!asked.contains(field)) {
                throw new MalformedRecordException(
                        UNKNOWN_FIELD, "unknown field '" + path + field + "'");
            }
        }
        return value;
    }

    MalformedRecordException illegal(String field, String rule) {
        return new MalformedRecordException(ILLEGAL_VALUE, "'" + path + field + "' " + rule);
    }

    private <A, T> T legal(String field, A raw, Function<A, T> parser) {
        try {
            return parser.apply(raw);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw illegal(field, "is illegal: " + e.getMessage());
        }
    }

    private ArrayNode array(String field) {
        return (ArrayNode) required(field, JsonNode::isArray, "an array");
    }

    private JsonNode required(String field, Function<JsonNode, Boolean> test, String expected) {
        JsonNode value = optional(field);
        if (value == null) {
            throw new MalformedRecordException(
                    MISSING_FIELD, "field '" + path + field + "' is missing");
        }
        if (!test.apply(value)) {
            throw illegal(field, "must be " + expected);
        }
        return value;
    }

    private @Nullable JsonNode optional(String field) {
        asked.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
