package io.freshet.cdc.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Text with columns in it, such as <code>country:{code}</code>. Column names are written as in SQL;
 * <code>{{</code> and <code>}}</code> stand for braces.
 */
public final class Template {

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Column(String name) implements Part {}

    /** What a row image makes of a template. */
    sealed interface Rendered {

        record Text(String value) implements Rendered {}

        /** A column is NULL: this image gives nothing. */
        record Absent() implements Rendered {}

        /** A column is not told: this image may give anything. */
        record Unknown() implements Rendered {}
    }

    private final String source;
    private final List<Part> parts;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Template parse(String source) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c != '{' && c != '}') {
                literal.append(c);
            } else if (source.startsWith(String.valueOf(c), i + 1)) {
                literal.append(c);
                i++;
            } else if (c == '}') {
                throw new IllegalArgumentException(
                        "template '%s' has a '}' without its '{'; write '}}' for the character"
                                .formatted(source));
            } else {
                if (!literal.isEmpty()) {
                    parts.add(new Literal(literal.toString()));
                    literal.setLength(0);
                }
                int end = endOfColumn(source, i);
                parts.add(new Column(SqlName.parse(source.substring(i + 1, end))));
                i = end;
            }
        }
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a template must not be empty");
        }
        return new Template(source, List.copyOf(parts));
    }

    /** The columns that it needs, as the catalog names them. */
    public Set<String> columns() {
        var columns = new LinkedHashSet<String>();
        for (Part part : parts) {
            if (part instanceof Column(String name)) {
                columns.add(name);
            }
        }
        return columns;
    }

    /**
     * Fills in a row.
     *
     * @param escape what is done to each value before it goes in
     */
    Rendered render(RowImage row, UnaryOperator<String> escape) {
        var text = new StringBuilder();
        boolean unknown = false;
        for (Part part : parts) {
            switch (part) {
                case Literal(String literal) -> text.append(literal);
                case Column(String name) -> {
                    switch (row.cell(name)) {
                        case Cell.Text(String value) -> text.append(escape.apply(value));
                        case Cell.Null _ -> {
                            return new Rendered.Absent();
                        }
                        case Cell.Opaque _, Cell.Unknown _ -> unknown = true;
                    }
                }
            }
        }
        return unknown ? new Rendered.Unknown() : new Rendered.Text(text.toString());
    }

    private static int endOfColumn(String source, int open) {
        boolean quoted = false;
        for (int i = open + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "template '%s' has a '{' without its '}'; write '{{' for the character"
                        .formatted(source));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return source;
    }
}
