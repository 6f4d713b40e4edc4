package io.freshet.engine.source;

import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.Lsn;
import io.freshet.infra.servers.PostgresOptions;
import io.freshet.infra.servers.PostgresServer;
import io.freshet.infra.servers.ServerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL and its streaming standby, which begins as a copy of the stopped primary's data and
 * whose replay can be held.
 */
final class PrimaryAndStandby implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = "app";

    private final PostgresServer primary;
    private final PostgresServer standby;

    private PrimaryAndStandby(PostgresServer primary, PostgresServer standby) {
        this.primary = primary;
        this.standby = standby;
    }

    static PrimaryAndStandby start(Path directory) throws Exception {
        PostgresOptions options = PostgresOptions.in(directory.resolve("primary"));
        int port;
        try (PostgresServer first = ServerProvider.configured().startPostgres(options)) {
            first.createDatabase(DATABASE);
            port = first.port();
        }
        copy(directory.resolve("primary/data"), directory.resolve("standby/data"));
        Files.createFile(directory.resolve("standby/data/standby.signal"));
        PostgresServer primary = ServerProvider.configured().startPostgres(options.port(port));
        String upstream =
                "host=127.0.0.1 port=%d user=%s password=%s"
                        .formatted(port, primary.user(), primary.password());
        PostgresServer standby =
                ServerProvider.configured()
                        .startPostgres(
                                PostgresOptions.in(directory.resolve("standby"))
                                        .settings(Map.of("primary_conninfo", upstream)));
        return new PrimaryAndStandby(primary, standby);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    SqlDatabaseOptions options(Duration wait) {
        return new SqlDatabaseOptions(
                        primary.jdbcUrl(DATABASE), primary.user(), primary.password(), 2)
                .with(
                        new StandbyOptions(
                                standby.jdbcUrl(DATABASE),
                                standby.user(),
                                standby.password(),
                                wait));
    }

    void write(String sql) throws SQLException {
        execute(primary, sql);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect(DATABASE);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    Lsn written() throws SQLException {
        return Lsn.parse(ask(primary, "SELECT pg_current_wal_insert_lsn()::text"));
    }

    void awaitReplayed() throws SQLException {
        Lsn written = written();
        await().atMost(PATIENCE)
                .until(() ->
                        Lsn.parse(ask(standby, "SELECT pg_last_wal_replay_lsn()::text"))
                                        .compareTo(written)
                                >= 0);
    }

    void holdReplay() throws SQLException {
        execute(standby, "SELECT pg_wal_replay_pause()");
        await().atMost(PATIENCE)
                .until(() ->
                        ask(standby, "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    }

    void goOnReplaying() throws SQLException {
        execute(standby, "SELECT pg_wal_replay_resume()");
    }

    void promote() throws SQLException {
        execute(standby, "SELECT pg_promote()");
    }

    void killStandby() {
        standby.kill();
    }

    /** Has it run and replay, whatever was done to it but a promotion. */
    void bringStandbyBack() throws SQLException {
        if (!standby.isAlive()) {
            standby.restart();
        }
        goOnReplaying();
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
    }
}
