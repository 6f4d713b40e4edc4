package io.freshet.cdc.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A YAML mapping that is read field by field; what nobody asked for is refused by name. */
final class YamlObject {

    private final ObjectNode node;
    private final Set<String> asked = new TreeSet<>();
    private String where;

    /**
     * @param where what a message calls this mapping, such as {@code rule 'city-rows'}
     */
    YamlObject(ObjectNode node, String where) {
        this.node = node;
        this.where = where;
    }

    void call(String name) {
        where = name;
    }

    String text(String field) {
        String text = optionalText(field);
        if (text == null) {
            throw problem("'" + field + "' is missing");
        }
        return text;
    }

    @Nullable String optionalText(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw problem("'" + field + "' must be text");
        }
        return value.stringValue();
    }

    int number(String field) {
        JsonNode value = value(field);
        if (value == null || !value.isInt()) {
            throw problem("'" + field + "' must be a number");
        }
        return value.intValue();
    }

    /** A value that a constructor validates. */
    <T> T parsed(String field, Function<String, T> parser) {
        return legal(field, text(field), parser);
    }

    /** A value that a constructor validates; null when the field is absent. */
    <T> @Nullable T optional(String field, Function<String, T> parser) {
        String text = optionalText(field);
        return text == null ? null : legal(field, text, parser);
    }

    /** A list of texts that a constructor validates; empty when the field is absent. */
    <T> List<T> list(String field, Function<String, T> parser) {
        var elements = new ArrayList<T>();
        JsonNode value = value(field);
        if (value == null) {
            return elements;
        }
        if (!value.isArray()) {
            throw problem("'" + field + "' must be a list, such as [\"a\", \"b\"]");
        }
        var seen = new HashSet<String>();
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw problem("'" + field + "' must hold texts only: put quotes around each");
            }
            if (!seen.add(element.stringValue())) {
                throw problem("'%s' has '%s' twice".formatted(field, element.stringValue()));
            }
            elements.add(legal(field, element.stringValue(), parser));
        }
        return elements;
    }

    List<YamlObject> objects(String field, String elementName) {
        JsonNode value = value(field);
        if (value == null || !value.isArray()) {
            throw problem("'" + field + "' must be a list");
        }
        var objects = new ArrayList<YamlObject>();
        for (JsonNode element : value) {
            String name = elementName + " " + (objects.size() + 1);
            if (!(element instanceof ObjectNode object)) {
                throw new InvalidRulesException(name + ": it must be a mapping of fields");
            }
            objects.add(new YamlObject(object, name));
        }
        return objects;
    }

    boolean has(String field) {
        return value(field) != null;
    }

    /** To be called when everything known has been asked for. */
    void refuseUnknownFields() {
        for (String field : node.propertyNames()) {
            if (!asked.contains(field)) {
                throw problem(
                        "unknown field '%s': known are %s"
                                .formatted(field, String.join(", ", asked)));
            }
        }
    }

    InvalidRulesException problem(String message) {
        return new InvalidRulesException(where.isEmpty() ? message : where + ": " + message);
    }

    private <T> T legal(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw problem("'" + field + "': " + e.getMessage());
        }
    }

    private @Nullable JsonNode value(String field) {
        asked.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
