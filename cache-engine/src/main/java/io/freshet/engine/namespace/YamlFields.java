package io.freshet.engine.namespace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A mapping of a YAML file that is read field by field; what nobody asked for is refused. */
final class YamlFields {

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ObjectNode node;
    private final String where;
    private final Set<String> asked;

    private YamlFields(ObjectNode node, String where, Set<String> asked) {
        this.node = node;
        this.where = where;
        this.asked = asked;
    }

    static YamlFields parse(String file, String yaml) {
        JsonNode read;
        try {
            read = MAPPER.readTree(yaml);
        } catch (JacksonException e) {
            throw new NamespacesFileException(
                    "%s, line %d: not YAML: %s"
                            .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        }
        if (read instanceof ObjectNode object) {
            return new YamlFields(object, file, new HashSet<>());
        }
        throw new NamespacesFileException(
                file + ": must hold 'version: 1' and a list 'namespaces'");
    }

    /** The same mapping, called otherwise in messages. */
    YamlFields named(String name) {
        return new YamlFields(node, where + ": " + name, asked);
    }

    NamespacesFileException refuse(String field, String rule) {
        return new NamespacesFileException(where + ": " + field + " " + rule);
    }

    long number(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber()) {
            throw refuse(field, "must be a whole number");
        }
        return value.longValue();
    }

    String text(String field) {
        return scalar(field, required(field));
    }

    <T> T parsed(String field, Function<String, T> parser) {
        return parse(field, text(field), parser);
    }

    <T> T parsedOr(String field, T otherwise, Function<String, T> parser) {
        return optional(field) == null ? otherwise : parsed(field, parser);
    }

    boolean flagOr(String field, boolean otherwise) {
        JsonNode value = optional(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw refuse(field, "must be true or false");
        }
        return value.booleanValue();
    }

    <E extends Enum<E>> E oneOfOr(String field, E otherwise, Class<E> type) {
        return parsedOr(
                field,
                otherwise,
                text ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(value -> name(value).equals(text))
                                .findAny()
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "must be one of %s, not '%s'"
                                                        .formatted(names(type), text))));
    }

    List<String> texts(String field, Function<String, String> parser) {
        JsonNode value = optional(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            throw refuse(field, "must be a list");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(parse(field, scalar(field, element), parser)));
        return texts;
    }

    List<YamlFields> objects(String field) {
        if (!(required(field) instanceof ArrayNode array)) {
            throw refuse(field, "must be a list");
        }
        List<YamlFields> objects = new ArrayList<>();
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw refuse(field, "must be a list of mappings, each with a 'name'");
            }
            objects.add(new YamlFields(object, where, new HashSet<>()));
        }
        return objects;
    }

    @Nullable YamlFields object(String field) {
        JsonNode value = optional(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw refuse(field, "must be a mapping");
        }
        return new YamlFields(object, where + ": " + field, new HashSet<>());
    }

    /** To be called when everything known was asked for. */
    void refuseOthers() {
        for (String field : node.propertyNames()) {
            if (!asked.contains(field)) {
                throw refuse(
                        "'" + field + "'", "is not known here; known are " + new TreeSet<>(asked));
            }
        }
    }

    private <T> T parse(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new NamespacesFileException(where + ": " + field + ": " + e.getMessage());
        }
    }

    private String scalar(String field, JsonNode value) {
        if (!value.isValueNode()) {
            throw refuse(field, "must be a single value");
        }
        return value.asString();
    }

    private JsonNode required(String field) {
        JsonNode value = optional(field);
        if (value == null) {
            throw refuse(field, "is missing");
        }
        return value;
    }

    private @Nullable JsonNode optional(String field) {
        asked.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(YamlFields::name).toList();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
