package io.freshet.cdc.command;

import io.freshet.cdc.database.JsonRows;
import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.TableShape;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.RowImage;
import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A change of a row as it is given on the command line. */
final class TriedChange {

    @Option(
            names = "--table",
            required = true,
            paramLabel = "TABLE",
            converter = TableConverter.class,
            description = "Such as public.cities.")
    private @Nullable TableName table;

    @Option(names = "--old", paramLabel = "JSON", description = "The row before the change.")
    private @Nullable String before;

    @Option(names = "--new", paramLabel = "JSON", description = "The row after the change.")
    private @Nullable String after;

    /**
     * Reads it as the table's types.
     *
     * @param tables those that rules name
     * @throws RefusedException when the table is none of them
     */
    RowChange read(Connection connection, Map<TableName, TableShape> tables) throws SQLException {
        TableName name = Objects.requireNonNull(table);
        TableShape shape = tables.get(name);
        if (shape == null) {
            throw new RefusedException("no rule names table " + name);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        var rows = new JsonRows(connection, name, shape);
        RowImage old = before == null ? null : rows.old(before);
        RowImage now = after == null ? null : rows.read(after);
        return new RowChange(name, operation(), old, now);
    }

    private Operation operation() {
        if (before == null && after == null) {
            return Operation.TRUNCATE;
        }
        if (before == null) {
            return Operation.INSERT;
        }
        return after == null ? Operation.DELETE : Operation.UPDATE;
    }
}
