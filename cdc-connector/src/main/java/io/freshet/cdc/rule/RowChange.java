package io.freshet.cdc.rule;

import org.jspecify.annotations.Nullable;

/**
 * One committed change of a row, or of all rows of a table.
 *
 * <p>An update has both images, or one of them where only half of it is told (a changed primary key
 * comes as two halves). An insert has the new image, a delete the old one, a truncation none.
 *
 * @param before null when there is no old row
 * @param after null when there is no new row
 */
public record RowChange(
        TableName table, Operation operation, @Nullable RowImage before, @Nullable RowImage after) {

    /**
     * The new image, with the large values that an update left alone taken from the old one.
     *
     * @return null when there is no new row
     */
    @Nullable RowImage completedAfter() {
        RowImage newRow = after;
        RowImage oldRow = before;
        if (newRow == null || oldRow == null) {
            return newRow;
        }
        return new Completed(newRow, oldRow);
    }

    private record Completed(RowImage newRow, RowImage oldRow) implements RowImage {

        @Override
        public Cell cell(String column) {
            return telling(column).cell(column);
        }

        @Override
        public @Nullable String json(String column) {
            return telling(column).json(column);
        }

        private RowImage telling(String column) {
            return newRow.cell(column) instanceof Cell.Unknown ? oldRow : newRow;
        }
    }
}
