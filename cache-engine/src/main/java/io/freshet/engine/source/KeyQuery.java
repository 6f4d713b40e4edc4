package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query without parameters whose first column holds keys. */
record KeyQuery(String jdbc) {

    /** Longer than that of a read: it is asked once in a while. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int MOST_ROWS = 1_000_000;
    private static final int FETCHED_AT_ONCE = 1_000;

    /**
     * Reads one.
     *
     * @param field where it stands, for messages
     * @throws IllegalArgumentException that says what is wrong and how to mend it
     */
    static KeyQuery parse(String field, String sql) {
        return new KeyQuery(new SqlScan(field, sql, List.of()).scan().jdbc());
    }

    /**
     * Asks the database to prepare it; nothing is executed.
     *
     * @param field where it stands, for messages
     * @throws InvalidSourceException when the database does not take it, or no row comes of it
     * @throws SourceException when the database cannot be asked
     */
    void validate(String field, SqlDatabase database) {
        boolean hasColumns;
        try {
            hasColumns = database.read(TIMEOUT, this::hasColumns);
        } catch (SQLException e) {
            throw SqlFailure.whenPrepared(field, database.name(), e, SqlFailure.mendWithoutKey(e));
        }
        if (!hasColumns) {
            throw new InvalidSourceException(
                    field + " answers no rows: it must be a SELECT whose first column holds keys");
        }
    }

    private boolean hasColumns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(jdbc)) {
            ResultSetMetaData row = statement.getMetaData();
            return row != null && row.getColumnCount() > 0;
        }
    }

    /** The keys in the order of the rows; rows whose key is null or none are passed over. */
    List<EntryKey> keys(SqlDatabase database) {
        try {
            return database.read(TIMEOUT, this::keys);
        } catch (SQLException e) {
            throw SqlFailure.of(database.name(), e);
        }
    }

    private List<EntryKey> keys(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(jdbc)) {
            statement.setQueryTimeout((int) TIMEOUT.toSeconds());
            statement.setMaxRows(MOST_ROWS);
            statement.setFetchSize(FETCHED_AT_ONCE);
            List<EntryKey> keys = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    addTo(keys, rows.getString(1));
                }
            }
            return keys;
        }
    }

    private static void addTo(List<EntryKey> keys, @Nullable String key) {
        if (key == null) {
            return;
        }
        try {
            keys.add(new EntryKey(key));
        } catch (IllegalArgumentException _) {
            // It names nothing that could be cached.
        }
    }
}
