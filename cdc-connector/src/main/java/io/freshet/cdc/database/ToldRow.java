package io.freshet.cdc.database;

import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.RowImage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that a query has told column by column; of columns that it left out nothing is known. */
final class ToldRow implements RowImage {

    private final TableShape shape;
    private final Map<String, Cell> cells = new HashMap<>();
    private final Map<String, String> json = new HashMap<>();

    ToldRow(TableShape shape) {
        this.shape = shape;
    }

    /**
     * Takes a column's value.
     *
     * @param text as {@code column::text} writes it
     * @param asJson as {@code to_json(column)} writes it
     */
    void tell(String column, @Nullable String text, @Nullable String asJson) {
        TableShape.Column found = shape.columns().get(column);
        if (text == null) {
            cells.put(column, Cell.NULL);
        } else {
            boolean stable = found != null && found.writable();
            cells.put(column, stable ? new Cell.Text(text) : new Cell.Opaque(text));
        }
        json.put(column, asJson == null ? "null" : asJson);
    }

    @Override
    public Cell cell(String column) {
        return cells.getOrDefault(column, Cell.UNKNOWN);
    }

    @Override
    public boolean isSurelyAs(RowImage older) {
        return older instanceof ToldRow that
                && cells.keySet().equals(shape.columns().keySet())
                && cells.equals(that.cells)
                && json.equals(that.json);
    }

    @Override
    public @Nullable String json(String column) {
        return json.get(column);
    }
}
