package io.freshet.cdc.database;

import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table that are given as JSON, told as the log would tell them: values are read as the
 * table's types and written as their texts. A column that is left out is not told. Changes nothing.
 */
public final class JsonRows {

    private final Connection connection;
    private final TableName table;
    private final TableShape shape;

    public JsonRows(Connection connection, TableName table, TableShape shape) {
        this.connection = connection;
        this.table = table;
        this.shape = shape;
    }

    /** A new row. */
    public RowImage read(String json) throws SQLException {
        return row(json, shape.columns().keySet());
    }

    /** An old row: of it, the log has the columns of the table's replica identity. */
    public RowImage old(String json) throws SQLException {
        return row(json, shape.identity());
    }

    private record Row(Map<String, Cell> cells, Map<String, String> json) implements RowImage {

        @Override
        public Cell cell(String column) {
            return cells.getOrDefault(column, Cell.UNKNOWN);
        }

        @Override
        public @Nullable String json(String column) {
            return json.get(column);
        }
    }

    private Row row(String given, Set<String> told) throws SQLException {
        var row = new Row(new HashMap<>(), new HashMap<>());
        for (String column : told) {
            try (PreparedStatement query = connection.prepareStatement(select(column))) {
                query.setString(1, column);
                query.setString(2, given);
                try (ResultSet found = query.executeQuery()) {
                    found.next();
                    if (found.getBoolean(1)) {
                        row.cells.put(column, cell(column, found.getString(2)));
                        String json = found.getString(3);
                        row.json.put(column, json == null ? "null" : json);
                    }
                }
            }
        }
        return row;
    }

    private String select(String column) {
        return """
        SELECT j.row ?? ?, (r.%1$s)::text, to_json(r.%1$s)::text
        FROM (SELECT CAST(? AS jsonb) AS row) j,
             jsonb_populate_record(NULL::%2$s, j.row) r
        """
                .formatted('"' + column.replace("\"", "\"\"") + '"', table.quoted());
    }

    private Cell cell(String column, @Nullable String text) {
        TableShape.Column found = shape.columns().get(column);
        if (text == null) {
            return Cell.NULL;
        }
        return found != null && found.writable() ? new Cell.Text(text) : new Cell.Opaque(text);
    }
}
