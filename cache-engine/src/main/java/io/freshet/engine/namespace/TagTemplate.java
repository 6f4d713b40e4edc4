package io.freshet.engine.namespace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tag with columns in it, such as <code>region:{country_code}.{admin_code}</code>. */
public final class TagTemplate {

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Column(String name) implements Part {}
    }

    private final String template;
    private final List<Part> parts;

    private TagTemplate(String template, List<Part> parts) {
        this.template = template;
        this.parts = parts;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static TagTemplate parse(String template) {
        if (template.isEmpty()) {
            throw new IllegalArgumentException("a tag template must not be empty");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            String text = open < 0 ? template.substring(at) : template.substring(at, open);
            if (text.indexOf('}') >= 0) {
                throw new IllegalArgumentException("a '}' without its '{' in '" + template + "'");
            }
            if (!text.isEmpty()) {
                parts.add(new Part.Text(text));
            }
            if (open < 0) {
                break;
            }
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("a '{' without its '}' in '" + template + "'");
            }
            String column = template.substring(open + 1, close);
            if (column.isBlank() || column.indexOf('{') >= 0) {
                throw new IllegalArgumentException(
                        "between '{' and '}' goes the name of a column, in '" + template + "'");
            }
            parts.add(new Part.Column(column.strip()));
            at = close + 1;
        }
        return new TagTemplate(template, List.copyOf(parts));
    }

    /** The columns that it uses. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Column(var name)) {
                columns.add(name);
            }
        }
        return columns;
    }

    /** Fills it in; empty when one of its columns is null. */
    public Optional<String> render(Function<String, @Nullable String> valueOfColumn) {
        var tag = new StringBuilder();
        for (Part part : parts) {
            String text =
                    switch (part) {
                        case Part.Text(var literal) -> literal;
                        case Part.Column(var name) -> valueOfColumn.apply(name);
                    };
            if (text == null) {
                return Optional.empty();
            }
            tag.append(text);
        }
        return Optional.of(tag.toString());
    }

    @Override
    public String toString() {
        return template;
    }
}
