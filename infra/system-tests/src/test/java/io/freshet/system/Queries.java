package io.freshet.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts the transactions of api-services with a query that contains a text, as PostgreSQL shows
 * them while they run: those that take longer than a glance are all seen. What warmer-worker asks,
 * to verify answers, is none of them.
 */
final class Queries implements AutoCloseable {

    private static final long GLANCE_MILLIS = 10;
    private static final String RUNNING =
            """
            SELECT pid, xact_start FROM pg_stat_activity
            WHERE state = 'active' AND application_name = 'freshet-api-service'
              AND position(? IN query) > 0
            """;

    private final Connection connection;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Queries(LocalSystem system, String text) throws SQLException {
        connection = system.database();
        Thread.ofPlatform().daemon().start(() -> watch(text));
    }

    /** How many have been seen so far. */
    int seen() {
        return seen.size();
    }

    private void watch(String text) {
        try (PreparedStatement running = connection.prepareStatement(RUNNING)) {
            running.setString(1, text);
            while (!closed) {
                try (ResultSet rows = running.executeQuery()) {
                    while (rows.next()) {
                        seen.add(rows.getInt(1) + " " + rows.getString(2));
                    }
                }
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
            }
        } catch (SQLException e) {
            if (!closed) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        connection.close();
    }
}
