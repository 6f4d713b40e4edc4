package io.freshet.cdc.rule;

import org.jspecify.annotations.Nullable;

/** A row before or after a change. */
@FunctionalInterface
public interface RowImage {

    /**
     * What is known of a column.
     *
     * @param column named as in the catalog; {@link Cell#UNKNOWN} when the image has none of it
     */
    Cell cell(String column);

    /**
     * Whether every column of the row is known to be as in an older one, those that nobody has
     * asked for among them; false in doubt.
     */
    default boolean isSurelyAs(RowImage older) {
        return false;
    }

    /**
     * A column's value as {@code row_to_json} writes it.
     *
     * @return null when the image has none of it, or none that is stable
     */
    default @Nullable String json(String column) {
        return switch (cell(column)) {
            case Cell.Text(String value) -> JsonText.quoted(value);
            case Cell.Null _ -> "null";
            case Cell.Opaque _, Cell.Unknown _ -> null;
        };
    }
}
