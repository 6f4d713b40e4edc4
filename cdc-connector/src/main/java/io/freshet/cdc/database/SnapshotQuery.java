package io.freshet.cdc.database;

import io.freshet.cdc.visibility.Snapshot;
import io.freshet.contracts.id.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A connection that asks what a new reader would see. Each call is a transaction of its own, since
 * a snapshot is taken once per statement. Not thread-safe.
 */
public final class SnapshotQuery implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;

    public SnapshotQuery(SourceDatabase database) throws SQLException {
        connection = database.connect();
        statement =
                connection.prepareStatement(
                        "SELECT pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text");
    }

    /**
     * One round trip.
     *
     * @throws SQLException when the connection is lost; the query is of no more use
     */
    public Reading read() throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Reading(Snapshot.parse(row.getString(1)), Lsn.parse(row.getString(2)));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
