package io.freshet.infra.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database and how to reach it. */
public record Database(String jdbcUrl, String user, String password, String name) {

    /** Opens a new connection, which the caller closes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Database[" + jdbcUrl + ", user=" + user + "]";
    }
}
