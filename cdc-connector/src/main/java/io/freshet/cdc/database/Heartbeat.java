package io.freshet.cdc.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes heartbeats into the database's log: transactional messages, which are delivered in commit
 * order with the changes. Not thread-safe.
 *
 * <p>Its commits do not wait for synchronous standbys: a heartbeat tells of what was committed
 * before it and changes no row.
 */
public final class Heartbeat implements AutoCloseable {

    /** What marks the messages. */
    public static final String PREFIX = "freshet.heartbeat";

    private final Connection connection;
    private final PreparedStatement statement;

    public Heartbeat(SourceDatabase database) throws SQLException {
        connection = database.connect();
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET synchronous_commit = local");
        }
        statement =
                connection.prepareStatement(
                        "SELECT pg_logical_emit_message(true, ?::text, ''::text)");
        statement.setString(1, PREFIX);
    }

    /**
     * Blocks until the message is on disk.
     *
     * @throws SQLException when the connection is lost; the heartbeat is of no more use
     */
    public void beat() throws SQLException {
        statement.executeQuery().close();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
