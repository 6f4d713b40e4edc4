package io.freshet.engine.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A pool of read-only connections to one database, and the bulkhead in front of it: as many queries
 * at one time as connections, the others wait in order.
 */
final class SqlDatabase implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** What runs inside the bulkhead. */
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private final String name;
    private final HikariDataSource pool;
    private final Semaphore permits;

    SqlDatabase(String name, SqlDatabaseOptions options) {
        this.name = name;
        this.permits = new Semaphore(options.poolSize(), true);
        var config = new HikariConfig();
        config.setPoolName("freshet-source-" + name);
        config.setJdbcUrl(options.url());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(Math.min(2, options.poolSize()));
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECT_TIMEOUT.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.addDataSourceProperty("ApplicationName", "freshet");
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        pool = new HikariDataSource(config);
    }

    String name() {
        return name;
    }

    /**
     * Runs a query in a read-only transaction; blocks.
     *
     * @param timeout longest wait for a turn; a connection that stays silent for a second more than
     *     this is given up
     * @throws SourceException when there is no turn in time
     * @throws SQLException when the query, or getting a connection, fails
     */
    <T> T read(Duration timeout, Query<T> query) throws SQLException {
        awaitTurn(timeout);
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(timeout.plusSeconds(1).toMillis()));
            T result = query.run(connection);
            connection.rollback();
            return result;
        } finally {
            permits.release();
        }
    }

    private void awaitTurn(Duration timeout) {
        boolean granted;
        try {
            granted = permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(
                    SourceException.Reason.UNAVAILABLE, "interrupted while waiting", e);
        }
        if (!granted) {
            throw new SourceException(
                    SourceException.Reason.TIMEOUT,
                    "every connection to '" + name + "' was busy for " + timeout.toMillis() + " ms",
                    null);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
