package io.freshet.stream.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.Namespace;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import io.freshet.stream.expansion.RowTerms;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcNamespaceNamesTest {

    private final Database database = SharedServers.freshDatabase("names");
    private final JdbcNamespaceNames names =
            JdbcNamespaceNames.poll(
                    database.jdbcUrl(),
                    database.user(),
                    database.password(),
                    Duration.ofMillis(20));

    @AfterEach
    void close() {
        names.close();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitNames(String... expected) {
        Set<Namespace> namespaces =
                Arrays.stream(expected).map(Namespace::new).collect(Collectors.toSet());
        await().untilAsserted(() -> assertThat(names.names()).contains(namespaces));
    }

    @Test
    void shouldWaitForTheTableAndThenFollowIt() throws SQLException {
        // given
        assertThat(names.names()).isEqualTo(Optional.empty());
        // when
        execute("CREATE SCHEMA freshet");
        execute(
                "CREATE TABLE freshet.cache_namespaces (name text, default_ttl integer DEFAULT 60,"
                        + " max_value_bytes bigint DEFAULT 1024)");
        // then
        awaitNames();
        execute("INSERT INTO freshet.cache_namespaces VALUES ('cities'), ('users')");
        awaitNames("cities", "users");
        assertThat(names.of(new Namespace("users")))
                .isEqualTo(new RowTerms.Terms(Duration.ofMinutes(1), 1024));
        execute("DELETE FROM freshet.cache_namespaces WHERE name = 'users'");
        awaitNames("cities");
    }

    @Test
    void shouldConnectAgain() throws SQLException {
        // given
        execute("CREATE SCHEMA freshet");
        execute(
                "CREATE TABLE freshet.cache_namespaces (name text, default_ttl integer DEFAULT 60,"
                        + " max_value_bytes bigint DEFAULT 1024)");
        awaitNames();
        // when
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'freshet-invalidation-stream'"
                        + " AND datname = current_database()");
        execute("INSERT INTO freshet.cache_namespaces VALUES ('cities')");
        // then
        awaitNames("cities");
    }
}
