package io.freshet.cdc.capture;

import io.freshet.cdc.database.Catalog;
import io.freshet.cdc.database.RefusedException;
import io.freshet.cdc.database.SchemaCheck;
import io.freshet.cdc.database.TableShape;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables that the rules name, as the database has them. */
final class CapturedTables {

    private final Rules rules;
    private final Connection connection;

    CapturedTables(Rules rules, Connection connection) {
        this.rules = rules;
        this.connection = connection;
    }

    /**
     * What the catalog says of them.
     *
     * @throws RefusedException when the rules cannot work on them
     */
    Map<TableName, TableShape> checked() throws SQLException {
        Map<TableName, TableShape> shapes = shapes();
        List<String> problems = SchemaCheck.problems(rules, shapes);
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("; ", problems));
        }
        return shapes;
    }

    /** What must be mended before the rules can work on them. */
    List<String> problems() throws SQLException {
        return SchemaCheck.problems(rules, shapes());
    }

    private Map<TableName, TableShape> shapes() throws SQLException {
        var catalog = new Catalog(connection);
        var shapes = new HashMap<TableName, TableShape>();
        for (TableName table : rules.tables()) {
            TableShape shape = catalog.table(table);
            if (shape != null) {
                shapes.put(table, shape);
            }
        }
        return shapes;
    }
}
