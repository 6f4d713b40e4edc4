package io.freshet.cdc.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.contracts.id.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a rule does about the entries that a change makes wrong. */
public sealed interface Strategy {

    Strategy INVALIDATE = new Invalidate();
    Strategy REFRESH = new Refresh();

    /** They are loaded anew when somebody asks for them. */
    record Invalidate() implements Strategy {}

    /** Those that are asked for are loaded anew at once, the others as ever. */
    record Refresh() implements Strategy {}

    /**
     * The changed row takes the place of the entry of its key.
     *
     * @param columns those that the value has, in its order
     * @param tags those that the entry carries
     */
    record Write(List<String> columns, List<Template> tags) implements Strategy {

        /**
         * The largest value, in bytes: as text inside an event it is at most twice that, which is
         * less than the inbox takes.
         */
        static final int LARGEST = 24 * 1024;

        public Write {
            columns = List.copyOf(columns);
            tags = List.copyOf(tags);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException(
                        "strategy write needs 'columns': those that the value has, in its order");
            }
        }

        /** Null when the row does not tell all of it, or it is too large: then it is loaded. */
        @Nullable NewRow rowOf(RowImage row) {
            var json = new StringBuilder("{");
            for (String column : columns) {
                String value = row.json(column);
                if (value == null) {
                    return null;
                }
                json.append(json.length() == 1 ? "" : ",")
                        .append(JsonText.quoted(column))
                        .append(':')
                        .append(value);
            }
            String value = json.append('}').toString();
            Set<Tag> carried = tagsOf(row);
            return carried == null || value.getBytes(UTF_8).length > LARGEST
                    ? null
                    : new NewRow(value, carried);
        }

        private @Nullable Set<Tag> tagsOf(RowImage row) {
            var carried = new HashSet<Tag>();
            for (Template tag : tags) {
                switch (tag.render(row, UnaryOperator.identity())) {
                    case Template.Rendered.Text(String text) -> {
                        try {
                            carried.add(new Tag(text));
                        } catch (IllegalIdentifierException _) {
                            return null;
                        }
                    }
                    case Template.Rendered.Absent _ -> {}
                    case Template.Rendered.Unknown _ -> {
                        return null;
                    }
                }
            }
            return carried;
        }

        /** The columns that it reads, of new rows alone. */
        Set<String> columnsRead() {
            var read = new TreeSet<>(columns);
            tags.forEach(tag -> read.addAll(tag.columns()));
            return read;
        }
    }
}
