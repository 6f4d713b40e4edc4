package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.NOT_JSON;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bytes that are one JSON object and nothing else, with no name twice in any object.
 *
 * <p>The bytes are read once, token by token. Those that are refused are read again by Jackson's
 * own strict reader of trees, which takes several times as long: what it says of them is the
 * message.
 */
final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final JsonMapper STRICT =
            JsonMapper.builder(FACTORY)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static JsonFields read(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (new JsonReader(parser).document() instanceof JsonFields object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new MalformedRecordException(NOT_JSON, "not JSON: " + complaint(bytes, e));
        }
        throw new MalformedRecordException(NOT_JSON, "not a JSON object");
    }

    private static String complaint(byte[] bytes, JacksonException refusal) {
        try {
            STRICT.readTree(bytes);
            return refusal.getOriginalMessage();
        } catch (JacksonException e) {
            return e.getOriginalMessage();
        }
    }

    private @Nullable Object document() {
        JsonToken first = parser.nextToken();
        Object value = first == null ? null : value(first);
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "more than one value");
        }
        return value;
    }

    /** Recursive: the parser bounds the depth. */
    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case START_OBJECT -> object();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case START_ARRAY -> array();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case PROPERTY_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new StreamReadException(parser, "no value: " + token);
        };
    }

    private JsonFields object() {
        var fields = new JsonFields();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            Object value = token == JsonToken.VALUE_STRING ? parser.getString() : value(token);
            if (!fields.add(name, value)) {
                throw new StreamReadException(parser, "'" + name + "' stands twice");
            }
        }
        return fields;
    }

    private List<@Nullable Object> array() {
        var elements = new ArrayList<@Nullable Object>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(value(token));
        }
        return elements;
    }
}
