package io.freshet.infra.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A running PostgreSQL, ready for logical replication, durable (fsync and synchronous_commit on).
 */
public interface PostgresServer extends RunningServer {

    String host();

    int port();

    /** A superuser who may replicate. */
    String user();

    String password();

    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /** Opens a new connection as {@link #user()}, which the caller closes. */
    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user(), password());
    }

    /** Creates an empty database; it is an error if it exists. */
    default void createDatabase(String name) throws SQLException {
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        }
    }
}
