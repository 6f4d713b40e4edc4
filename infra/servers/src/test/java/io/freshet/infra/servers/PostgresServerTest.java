package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresServerTest extends ServerContract<PostgresServer> {

    @Override
    PostgresServer start(Path directory, int port) {
        return provider.startPostgres(
                PostgresOptions.in(directory)
                        .port(port)
                        .settings(Map.of("cluster_name", "it's quoted")));
    }

    @Override
    int port(PostgresServer server) {
        return server.port();
    }

    @Override
    void write(PostgresServer server, String value) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS note (id int PRIMARY KEY, value text)");
            statement.execute(
                    "INSERT INTO note VALUES (1, '"
                            + value
                            + "') ON CONFLICT (id) DO UPDATE SET value = excluded.value");
        }
    }

    @Override
    String read(PostgresServer server) throws SQLException {
        return single(server, "SELECT value FROM note");
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "wal_level, logical",
        "max_wal_senders, 20",
        "max_replication_slots, 20",
        "max_connections, 200"
    })
    void shouldBeDurableAndReadyForChangeCapture(String setting, String value) throws SQLException {
        assertThat(single(server, "SHOW " + setting)).isEqualTo(value);
    }

    @Test
    void shouldTakeTheCallersSettings() throws SQLException {
        assertThat(single(server, "SHOW cluster_name")).isEqualTo("it's quoted");
    }

    @Test
    void shouldDeliverChangesThroughALogicalSlot() throws SQLException {
        String database = "slots_" + server.port();
        server.createDatabase(database);
        try (var connection = server.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_logical_replication_slot('seen', 'pgoutput')");
            statement.execute("CREATE TABLE t (id int PRIMARY KEY)");
            statement.execute("CREATE PUBLICATION seen FOR ALL TABLES");
            statement.execute("INSERT INTO t VALUES (1)");

            try (var changes =
                    statement.executeQuery(
                            "SELECT count(*) FROM pg_logical_slot_get_binary_changes('seen', NULL,"
                                    + " NULL, 'proto_version', '1', 'publication_names',"
                                    + " 'seen')")) {
                changes.next();
                assertThat(changes.getInt(1)).isPositive();
            }
            statement.execute("SELECT pg_drop_replication_slot('seen')");
        }
    }

    @Test
    void shouldLetAlterSystemOverrideASetting() throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_commit = 'local'");
            statement.execute("SELECT pg_reload_conf()");
        }

        try {
            await().untilAsserted(() ->
                    assertThat(single(server, "SHOW synchronous_commit")).isEqualTo("local"));
        } finally {
            try (var connection = server.connect("postgres");
                    var statement = connection.createStatement()) {
                statement.execute("ALTER SYSTEM RESET synchronous_commit");
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    private static String single(PostgresServer server, String query) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
