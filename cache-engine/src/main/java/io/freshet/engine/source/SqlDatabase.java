package io.freshet.engine.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.freshet.contracts.id.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool of read-only connections to one database, and the bulkhead in front of it: as many queries
 * at one time as connections, the others wait in order.
 */
final class SqlDatabase implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final String WRITTEN = "SELECT pg_current_wal_insert_lsn()::text";

    /** What runs inside the bulkhead. */
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private final String name;
    private final HikariDataSource pool;
    private final Semaphore permits;
    private final @Nullable Standby standby;
    private final WriterPool writers;

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
        config.addDataSourceProperty("ApplicationName", options.applicationName());
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        // Else a query could be answered as of the transaction's first statement.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool = new HikariDataSource(config);
        standby = standbyOf(name, options);
        writers = new WriterPool(name, options.writing());
    }

    private static @Nullable Standby standbyOf(String name, SqlDatabaseOptions options) {
        StandbyOptions of = options.standby();
        return of == null
                ? null
                : new Standby(
                        new SqlDatabase(
                                name + "-standby",
                                new SqlDatabaseOptions(
                                                of.url(),
                                                of.user(),
                                                of.password(),
                                                options.poolSize())
                                        .named(options.applicationName())),
                        of.longestWait());
    }

    String name() {
        return name;
    }

    WriterPool writers() {
        return writers;
    }

    /** Null when there is none. */
    @Nullable Standby standby() {
        return standby;
    }

    /**
     * How far the log of this database, which must be a primary, is written; blocks.
     *
     * @throws SourceException when it does not answer
     */
    Lsn writtenTo(Duration timeout) {
        try {
            return read(
                    timeout,
                    connection -> {
                        try (var query = connection.prepareStatement(WRITTEN);
                                var row = query.executeQuery()) {
                            row.next();
                            return Lsn.parse(row.getString(1));
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.of(name, e);
        }
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
        if (standby != null) {
            standby.close();
        }
        writers.close();
        pool.close();
    }
}
