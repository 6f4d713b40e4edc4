package io.freshet.cdc.database;

import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.SqlName;
import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

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

    private ToldRow row(String given, Set<String> told) throws SQLException {
        var row = new ToldRow(shape);
        for (String column : told) {
            try (PreparedStatement query = connection.prepareStatement(select(column))) {
                query.setString(1, column);
                query.setString(2, given);
                try (ResultSet found = query.executeQuery()) {
                    found.next();
                    if (found.getBoolean(1)) {
                        row.tell(column, found.getString(2), found.getString(3));
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
                .formatted(SqlName.quoted(column), table.quoted());
    }
}
