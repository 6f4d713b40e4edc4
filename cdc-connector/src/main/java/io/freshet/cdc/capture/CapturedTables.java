package io.freshet.cdc.capture;

import io.freshet.cdc.database.Catalog;
import io.freshet.cdc.rule.Rules;
import java.sql.Connection;
import java.sql.SQLException;

/** The tables that the rules name, as the database has them. */
final class CapturedTables {

    private final Rules rules;
    private final Connection connection;

    CapturedTables(Rules rules, Connection connection) {
        this.rules = rules;
        this.connection = connection;
    }

    /** Holds the rules against what the catalog says of them. */
    Fit fit() throws SQLException {
        return Fit.of(rules, new Catalog(connection).tables(rules.tables()));
    }
}
