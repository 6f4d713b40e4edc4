package io.freshet.cdc.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Row images for tests. */
final class Rows {

    private Rows() {}

    /** A row that tells exactly these columns; a null value is NULL. */
    static RowImage row(@Nullable Object... columnsAndValues) {
        Map<String, Cell> cells = new HashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            Object value = columnsAndValues[i + 1];
            cells.put(
                    String.valueOf(columnsAndValues[i]),
                    value instanceof Cell cell
                            ? cell
                            : value == null ? Cell.NULL : new Cell.Text(value.toString()));
        }
        return column -> cells.getOrDefault(column, Cell.UNKNOWN);
    }
}
