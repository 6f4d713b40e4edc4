package io.freshet.engine.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.freshet.contracts.id.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connections that write to one database; none is opened before the first write. */
final class WriterPool implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final String WRITTEN = "SELECT pg_current_wal_insert_lsn()::text";

    /** What one transaction does. */
    interface Work {

        /** The number of rows written. */
        int run(Connection connection) throws SQLException;
    }

    private final HikariDataSource pool;

    WriterPool(String name, WriterOptions options) {
        var config = new HikariConfig();
        config.setPoolName("freshet-writer-" + name);
        config.setJdbcUrl(options.url());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECT_TIMEOUT.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.addDataSourceProperty("ApplicationName", "freshet-writer");
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        pool = new HikariDataSource(config);
    }

    /**
     * Runs one transaction; blocks. When it returns, every new reader sees what was written.
     *
     * @param timeout of each statement; a connection that stays silent for a second more is given
     *     up
     * @throws SQLException when it is not committed, or when that is not known
     */
    WriteOutcome.Committed write(Duration timeout, Work work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(timeout.plusSeconds(1).toMillis()));
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + timeout.toMillis());
            }
            int rows = work.run(connection);
            connection.commit();
            return new WriteOutcome.Committed(written(connection), rows);
        }
    }

    /** After the commit: so it lies behind it. */
    private static Lsn written(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery(WRITTEN)) {
            row.next();
            Lsn lsn = Lsn.parse(row.getString(1));
            connection.rollback();
            return lsn;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
