package io.freshet.contracts.codec;

import static io.freshet.contracts.codec.MalformedRecordException.Reason.ILLEGAL_VALUE;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.MISSING_FIELD;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.NOT_JSON;
import static io.freshet.contracts.codec.MalformedRecordException.Reason.UNKNOWN_FIELD;

import io.freshet.contracts.event.Mode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rules of reading, as plainly as can be said over a tree that Jackson makes. */
final class TreeAnswers implements Answers {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode node;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private TreeAnswers(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static Object document(byte[] bytes, Function<Answers, Object> reader) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new MalformedRecordException(NOT_JSON, "not JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new MalformedRecordException(NOT_JSON, "not a JSON object");
        }
        return new TreeAnswers(node, "").readWith(reader);
    }

    private Object readWith(Function<Answers, Object> reader) {
        Object value = reader.apply(this);
        for (String field : node.propertyNames()) {
            if (!asked.contains(field)) {
                throw new MalformedRecordException(
                        UNKNOWN_FIELD, "unknown field '" + path + field + "'");
            }
        }
        return value;
    }

    @Override
    public String text(String field) {
        return required(field, JsonNode::isString, "a string").stringValue();
    }

    @Override
    public long number(String field) {
        return required(field, n -> n.isIntegralNumber() && n.canConvertToLong(), "a whole number")
                .longValue();
    }

    @Override
    public boolean flag(String field) {
        return required(field, JsonNode::isBoolean, "true or false").booleanValue();
    }

    @Override
    public Instant instant(String field) {
        try {
            return Instant.parse(text(field));
        } catch (DateTimeException e) {
            throw illegal(field, "is illegal: " + e.getMessage());
        }
    }

    @Override
    public Mode mode(String field) {
        return switch (text(field)) {
            case "hard" -> Mode.HARD;
            case "soft" -> Mode.SOFT;
            case String other ->
                    throw illegal(field, "must be one of [hard, soft], not '" + other + "'");
        };
    }

    @Override
    public List<String> list(String field) {
        var elements = new ArrayList<String>();
        for (JsonNode element : required(field, JsonNode::isArray, "an array")) {
            if (!element.isString()) {
                throw illegal(field, "must hold strings only");
            }
            elements.add(element.stringValue());
        }
        return elements;
    }

    @Override
    public Object object(String field, Function<Answers, Object> reader) {
        return new TreeAnswers(required(field, JsonNode::isObject, "an object"), path + field + ".")
                .readWith(reader);
    }

    @Override
    public List<Object> objects(String field, Function<Answers, Object> reader) {
        var elements = new ArrayList<>();
        for (JsonNode element : required(field, JsonNode::isArray, "an array")) {
            if (!(element instanceof ObjectNode)) {
                throw illegal(field, "must hold objects only");
            }
            elements.add(new TreeAnswers(element, path + field + ".").readWith(reader));
        }
        return elements;
    }

    @Override
    public boolean has(String field) {
        asked.add(field);
        return node.hasNonNull(field);
    }

    private JsonNode required(String field, Predicate<JsonNode> test, String expected) {
        if (!has(field)) {
            throw new MalformedRecordException(
                    MISSING_FIELD, "field '" + path + field + "' is missing");
        }
        JsonNode value = node.get(field);
        if (!test.test(value)) {
            throw illegal(field, "must be " + expected);
        }
        return value;
    }

    private MalformedRecordException illegal(String field, String rule) {
        return new MalformedRecordException(ILLEGAL_VALUE, "'" + path + field + "' " + rule);
    }
}
