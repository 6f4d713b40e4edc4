package io.freshet.infra.check.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The statements on the checked tables, as an application would write them. */
final class Items {
    private Items() {}

    static void insert(Connection connection, String key, long version, String group, double delay)
            throws SQLException {
        run(
                connection,
                "INSERT INTO public.check_items (key, version, shelf, grp, delay) VALUES (?, ?, ?, ?, ?)",
                key,
                version,
                Keys.shelf(key),
                group,
                delay);
    }

    static void update(Connection connection, String key, long version, double delay)
            throws SQLException {
        one(
                connection,
                "UPDATE public.check_items SET version = ?, delay = ? WHERE key = ?",
                version,
                delay,
                key);
    }

    static void regroup(Connection connection, String key, long version, String group)
            throws SQLException {
        one(
                connection,
                "UPDATE public.check_items SET version = ?, grp = ? WHERE key = ?",
                version,
                group,
                key);
    }

    static void rename(Connection connection, String from, String to, long version)
            throws SQLException {
        one(
                connection,
                "UPDATE public.check_items SET key = ?, shelf = ?, version = ? WHERE key = ?",
                to,
                Keys.shelf(to),
                version,
                from);
    }

    static void delete(Connection connection, String key) throws SQLException {
        one(connection, "DELETE FROM public.check_items WHERE key = ?", key);
    }

    /** Sets the version of what many values show. */
    static void set(Connection connection, String table, String name, long version)
            throws SQLException {
        one(
                connection,
                "UPDATE public." + table + " SET version = ? WHERE name = ?",
                version,
                name);
    }

    /** Calls one of the functions that invalidate from inside a transaction. */
    static void call(Connection connection, String function, Object... arguments)
            throws SQLException {
        String marks = ", ?".repeat(arguments.length).substring(2);
        try (PreparedStatement call =
                connection.prepareStatement("SELECT freshet." + function + "(" + marks + ")")) {
            bind(call, arguments);
            call.execute();
        }
    }

    static void run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.executeUpdate();
        }
    }

    private static void one(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("not one row: " + sql);
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
