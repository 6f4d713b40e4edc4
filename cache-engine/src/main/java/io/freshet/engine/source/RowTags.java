package io.freshet.engine.source;

import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.namespace.TagTemplate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The tags of a row, from templates over its columns. Column values are taken as the JSON writes
 * them; a template with a null column makes no tag.
 */
public final class RowTags {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<TagTemplate> templates;
    private final Set<String> columns = new TreeSet<>();

    public RowTags(List<String> templates) {
        this.templates = templates.stream().map(TagTemplate::parse).toList();
        this.templates.forEach(template -> columns.addAll(template.columns()));
    }

    /** The columns that the templates use. */
    Set<String> columns() {
        return columns;
    }

    /**
     * The tags of one row.
     *
     * @param row a JSON object
     * @throws SourceException when a column is not there or not a single value, or a tag is not
     *     legal: without it the entry could not be invalidated by it
     */
    public Set<Tag> of(byte[] row) {
        if (templates.isEmpty()) {
            return Set.of();
        }
        Map<String, @Nullable String> values = columns.isEmpty() ? Map.of() : read(row);
        Set<Tag> tags = new HashSet<>();
        for (TagTemplate template : templates) {
            template.render(column -> valueOf(column, template, values))
                    .map(text -> tag(text, template))
                    .ifPresent(tags::add);
        }
        return tags;
    }

    private static @Nullable String valueOf(
            String column, TagTemplate template, Map<String, @Nullable String> values) {
        if (!values.containsKey(column)) {
            throw rejected(
                    "the row has no column '%s' of the tag '%s'".formatted(column, template), null);
        }
        return values.get(column);
    }

    private static Tag tag(String text, TagTemplate template) {
        try {
            return new Tag(text);
        } catch (IllegalIdentifierException e) {
            throw rejected(
                    "the row's tag by '%s' is not legal: %s".formatted(template, e.getMessage()),
                    e);
        }
    }

    private Map<String, @Nullable String> read(byte[] row) {
        Map<String, @Nullable String> values = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), row)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String column = json.currentName();
                JsonToken value = json.nextToken();
                if (!columns.contains(column)) {
                    json.skipChildren();
                } else if (value.isScalarValue()) {
                    values.put(column, value == JsonToken.VALUE_NULL ? null : json.getString());
                } else {
                    throw rejected(
                            "the row's column '%s' is not a single value, so it cannot be in a tag"
                                    .formatted(column),
                            null);
                }
            }
        } catch (JacksonException e) {
            throw rejected("the row is not JSON: " + e.getOriginalMessage(), e);
        }
        return values;
    }

    private static SourceException rejected(String message, @Nullable Throwable cause) {
        return new SourceException(SourceException.Reason.REJECTED, message, cause);
    }
}
