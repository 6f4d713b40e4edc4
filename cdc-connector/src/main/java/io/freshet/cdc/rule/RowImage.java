package io.freshet.cdc.rule;

/** A row before or after a change. */
@FunctionalInterface
public interface RowImage {

    /**
     * What is known of a column.
     *
     * @param column named as in the catalog; {@link Cell#UNKNOWN} when the image has none of it
     */
    Cell cell(String column);
}
