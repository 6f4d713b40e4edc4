package io.freshet.engine.namespace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A mapping of YAML or JSON that is read field by field; what nobody asked for is refused.
 *
 * <p>Fields are asked for as YAML has them, such as {@code default-ttl}; in JSON the same is {@code
 * default_ttl}.
 */
final class Fields {

    private enum Notation {
        YAML {
            @Override
            String name(String field) {
                return field;
            }
        },
        JSON {
            @Override
            String name(String field) {
                return field.replace('-', '_');
            }
        };

        abstract String name(String field);
    }

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Notation notation;
    private final ObjectNode node;
    private final String where;
    private final Set<String> asked;

    private Fields(Notation notation, ObjectNode node, String where, Set<String> asked) {
        this.notation = notation;
        this.node = node;
        this.where = where;
        this.asked = asked;
    }

    /** The fields of a JSON object; {@code where} begins messages. */
    static Fields ofJson(ObjectNode object, String where) {
        return new Fields(Notation.JSON, object, where, new HashSet<>());
    }

    /** The fields of a file. */
    static Fields parse(String file, String yaml) {
        JsonNode read;
        try {
            read = MAPPER.readTree(yaml);
        } catch (JacksonException e) {
            throw new IllegalNamespaceException(
                    "%s, line %d: not YAML: %s"
                            .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        }
        if (read instanceof ObjectNode object) {
            return new Fields(Notation.YAML, object, file, new HashSet<>());
        }
        throw new IllegalNamespaceException(
                file + ": must hold 'version: 1' and a list 'namespaces'");
    }

    /** The same mapping, called otherwise in messages. */
    Fields named(String name) {
        return new Fields(notation, node, where + ": " + name, asked);
    }

    IllegalNamespaceException refuse(String field, String rule) {
        return new IllegalNamespaceException(where + ": " + notation.name(field) + " " + rule);
    }

    long number(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber()) {
            throw refuse(field, "must be a whole number");
        }
        if (!value.canConvertToLong()) {
            throw refuse(field, "is too large a number");
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

    @Nullable String textIfAny(String field) {
        JsonNode value = optional(field);
        return value == null ? null : scalar(field, value);
    }

    @Nullable <T> T parsedIfAny(String field, Function<String, T> parser) {
        return optional(field) == null ? null : parsed(field, parser);
    }

    long numberOr(String field, long otherwise) {
        return optional(field) == null ? otherwise : number(field);
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
        return parsedOr(field, otherwise, text -> oneOf(text, type));
    }

    <E extends Enum<E>> @Nullable E oneOfIfAny(String field, Class<E> type) {
        return parsedIfAny(field, text -> oneOf(text, type));
    }

    /** How a constant is written. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E oneOf(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> name(value).equals(text))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "must be one of %s, not '%s'".formatted(names(type), text)));
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

    List<Fields> objects(String field) {
        if (!(required(field) instanceof ArrayNode array)) {
            throw refuse(field, "must be a list");
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw refuse(field, "must be a list of mappings, each with a 'name'");
            }
            objects.add(new Fields(notation, object, where, new HashSet<>()));
        }
        return objects;
    }

    /** The texts of a mapping, by their names; empty when there is none. */
    Map<String, String> textsByName(String field) {
        Fields mapping = object(field);
        if (mapping == null) {
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        mapping.node
                .propertyStream()
                .forEach(entry ->
                        texts.put(
                                entry.getKey(), mapping.scalar(entry.getKey(), entry.getValue())));
        return texts;
    }

    /** Objects of a list; none when there is no such list. */
    List<Fields> objectsIfAny(String field) {
        return optional(field) == null ? List.of() : objects(field);
    }

    @Nullable Fields object(String field) {
        JsonNode value = optional(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw refuse(field, "must be a mapping");
        }
        return new Fields(notation, object, where + ": " + notation.name(field), new HashSet<>());
    }

    boolean has(String field) {
        return optional(field) != null;
    }

    /** What is made of the fields; an illegal argument is refused in the name of this mapping. */
    <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalNamespaceException(where + ": " + e.getMessage());
        }
    }

    /** To be called when everything known was asked for. */
    void refuseOthers() {
        for (String field : node.propertyNames()) {
            if (!asked.contains(field) && !isLeftOut(node.path(field))) {
                throw refuse(
                        "'" + field + "'", "is not known here; known are " + new TreeSet<>(asked));
            }
        }
    }

    /** As generated clients write fields that nobody set. */
    private boolean isLeftOut(JsonNode value) {
        return notation == Notation.JSON
                && (value.isNull() || (value.isContainer() && value.isEmpty()));
    }

    private <T> T parse(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalNamespaceException(
                    where + ": " + notation.name(field) + ": " + e.getMessage());
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
        String name = notation.name(field);
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Fields::name).toList();
    }
}
