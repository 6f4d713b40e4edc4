package io.freshet.infra.local.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A row of {@code cities} that the demo changes and gives back as it was, also when Ctrl-C ends the
 * demo.
 *
 * <p>Not for use by several threads, but for {@link #close}.
 */
final class BorrowedCity implements AutoCloseable {
    private final Connection connection;
    private final long id;
    private final long population;
    private final Timestamp updatedAt;
    private final Thread onExit = new Thread(this::restoreAtExit, "give back");
    private boolean changed;

    private BorrowedCity(Connection connection, long id, long population, Timestamp updatedAt) {
        this.connection = connection;
        this.id = id;
        this.population = population;
        this.updatedAt = updatedAt;
    }

    /** Notes the row as it is. */
    static BorrowedCity borrow(Map<String, String> environment, long id) throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        environment.getOrDefault("FRESHET_PG_URL", ""),
                        environment.get("FRESHET_PG_USER"),
                        environment.get("FRESHET_PG_PASSWORD"));
        try (var query =
                connection.prepareStatement(
                        "SELECT population, updated_at FROM public.cities WHERE id = ?")) {
            query.setLong(1, id);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("public.cities has no row " + id);
                }
                var city = new BorrowedCity(connection, id, row.getLong(1), row.getTimestamp(2));
                Runtime.getRuntime().addShutdownHook(city.onExit);
                return city;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The population as it was when the row was borrowed. */
    long population() {
        return population;
    }

    /** Changes the row and returns when the change is committed. */
    synchronized void setPopulation(long value) throws SQLException {
        changed = true;
        try (var update =
                connection.prepareStatement(
                        "UPDATE public.cities SET population = ?, updated_at = now() WHERE id = ?")) {
            update.setLong(1, value);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /** The ids of a country's cities, the largest first. */
    List<String> largestOf(String country, int limit) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT id FROM public.cities WHERE country_code = ?"
                                + " ORDER BY population DESC LIMIT ?")) {
            query.setString(1, country);
            query.setInt(2, limit);
            var ids = new ArrayList<String>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(Long.toString(row.getLong(1)));
                }
            }
            return ids;
        }
    }

    /** Writes the row back as it was. */
    synchronized void giveBack() throws SQLException {
        if (!changed) {
            return;
        }
        try (var update =
                connection.prepareStatement(
                        "UPDATE public.cities SET population = ?, updated_at = ? WHERE id = ?")) {
            update.setLong(1, population);
            update.setTimestamp(2, updatedAt);
            update.setLong(3, id);
            update.executeUpdate();
        }
        changed = false;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            giveBack();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // This process is ending, and the hook is at work.
        }
    }

    private void restoreAtExit() {
        try {
            giveBack();
        } catch (SQLException e) {
            System.err.println("The row " + id + " was not given back: " + e.getMessage());
        }
    }
}
