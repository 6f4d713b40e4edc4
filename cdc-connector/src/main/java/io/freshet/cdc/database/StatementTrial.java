package io.freshet.cdc.database;

import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A statement that is run to see which rows it changes, and rolled back.
 *
 * <p>One transaction: temporary triggers on the tables that are watched; the statement, inside a
 * function, which cannot end the transaction; constraints and triggers that were deferred to its
 * end; the notes are read; everything is rolled back. So what the statement's own triggers and
 * cascades change is seen too.
 *
 * <p>What it costs meanwhile: {@code CREATE TRIGGER} locks each table against writers (not
 * readers), and the statement locks what it locks. It waits at most {@link #LOCK_WAIT} for a lock
 * and runs at most {@link #LONGEST}. What a rollback does not take back stays: sequences go on, and
 * what functions do outside of the database is done.
 */
public final class StatementTrial {

    /** As PostgreSQL writes it. */
    public static final String LOCK_WAIT = "2s";

    /** As PostgreSQL writes it. */
    public static final String LONGEST = "60s";

    private static final int AT_ONCE = 1_000;
    private static final String RUNNER =
            """
            CREATE FUNCTION pg_temp.freshet_trial_run(text) RETURNS void
            LANGUAGE plpgsql AS $trial$ BEGIN EXECUTE $1; END $trial$
            """;

    private final Connection connection;
    private final Map<TableName, TableShape> tables;

    /**
     * @param connection in autocommit mode, and of this trial alone
     * @param tables to watch
     */
    public StatementTrial(Connection connection, Map<TableName, TableShape> tables) {
        this.connection = connection;
        this.tables = new TreeMap<>(tables);
    }

    /**
     * Runs a statement, or several.
     *
     * @param changes takes the row changes that it made, in their order
     * @throws RefusedException when it cannot be tried, or fails
     */
    public void run(String sql, Consumer<RowChange> changes) throws SQLException {
        connection.setAutoCommit(false);
        try {
            List<WatchedTable> watched = watch();
            try (PreparedStatement trial =
                    connection.prepareStatement("SELECT pg_temp.freshet_trial_run(?)")) {
                trial.setString(1, sql);
                trial.execute();
                execute("SET CONSTRAINTS ALL IMMEDIATE");
            } catch (SQLException e) {
                throw new RefusedException("the statement fails: " + e.getMessage());
            }
            tell(watched, changes);
        } finally {
            connection.rollback();
        }
    }

    private List<WatchedTable> watch() {
        var watched = new ArrayList<WatchedTable>();
        for (var table : tables.entrySet()) {
            watched.add(new WatchedTable(watched.size(), table.getKey(), table.getValue()));
        }
        try {
            execute("SET LOCAL lock_timeout = '" + LOCK_WAIT + "'");
            execute("SET LOCAL statement_timeout = '" + LONGEST + "'");
            execute(WatchedTable.NOTES);
            execute(RUNNER);
            for (WatchedTable table : watched) {
                for (String trigger : table.triggers()) {
                    execute(trigger);
                }
            }
        } catch (SQLException e) {
            throw new RefusedException(
                    "the tables cannot be watched, which takes the privilege TRIGGER on each and"
                            + " TEMPORARY on the database: "
                            + e.getMessage());
        }
        return watched;
    }

    private void tell(List<WatchedTable> watched, Consumer<RowChange> changes) throws SQLException {
        try (Statement query = connection.createStatement()) {
            query.setFetchSize(AT_ONCE);
            try (ResultSet note = query.executeQuery(WatchedTable.NOTED)) {
                while (note.next()) {
                    watched.get(note.getInt("watched")).changes(note).forEach(changes);
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
