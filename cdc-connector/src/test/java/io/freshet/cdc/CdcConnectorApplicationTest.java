package io.freshet.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The deployable as it is started, with its endpoints. */
class CdcConnectorApplicationTest {

    private static final String RULES =
            """
            version: 1
            rules:
              - {name: rows, table: public.item, namespace: items, keys: ["{id}"]}
            """;

    @TempDir private Path directory;

    @Test
    void shouldBeReadyWhileItCapturesAndSayWhyItIsNot() throws Exception {
        Database database = SharedServers.freshDatabase("app");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        String slot = SharedServers.freshName("app");
        try (var application = start(database, rules, slot)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            get(application, "/actuator/health").contains("no table public.item"));
            assertThat(status(application, "/actuator/health/readiness")).isEqualTo(503);
            assertThat(status(application, "/actuator/health/liveness")).isEqualTo(200);

            execute(database, "CREATE TABLE item (id int PRIMARY KEY)");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> status(application, "/actuator/health/readiness") == 200);
            execute(database, "INSERT INTO item VALUES (1)");

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            get(application, "/actuator/prometheus")
                                    .contains("freshet_capture_events_total{rule=\"rows\"} 1.0"));
            assertThat(get(application, "/actuator/health"))
                    .contains("\"state\":\"capturing\"", "lagBytes", "lastHeartbeatAgeMillis");
            assertThat(get(application, "/actuator/prometheus"))
                    .contains(
                            "freshet_capture_transactions_total",
                            "freshet_capture_visibility_wait_seconds_count",
                            "freshet_capture_early_publications_total",
                            "freshet_capture_rule_impaired{rule=\"rows\"} 0.0",
                            "freshet_capture_slot_retained_bytes",
                            "freshet_capture_lag_seconds");
        } finally {
            execute(database, "SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }

    @Test
    void shouldNotStartWithRulesThatCannotBeUsed() throws Exception {
        Path rules =
                Files.writeString(directory.resolve("rules.yaml"), RULES.replace("{id}", "{id"));
        Database database = SharedServers.freshDatabase("app");

        assertThatThrownBy(() -> start(database, rules, "unused"))
                .rootCause()
                .hasMessageContaining(
                        "rule 'rows': 'keys': template '{id' has a '{' without its '}'");
    }

    private static ConfigurableApplicationContext start(
            Database database, Path rules, String slot) {
        return SpringApplication.run(
                CdcConnectorApplication.class,
                "--server.port=0",
                "--freshet.kafka.bootstrap-servers=" + SharedServers.kafka().bootstrapServers(),
                "--freshet.topics.prefix=" + SharedServers.freshName("app"),
                "--freshet.postgres.url=" + database.jdbcUrl(),
                "--freshet.postgres.user=" + database.user(),
                "--freshet.postgres.password=" + database.password(),
                "--freshet.cdc.rules=" + rules,
                "--freshet.cdc.slot=" + slot);
    }

    private static String get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request(application, path), BodyHandlers.ofString()).body();
        }
    }

    private static int status(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request(application, path), BodyHandlers.discarding()).statusCode();
        }
    }

    private static HttpRequest request(ConfigurableApplicationContext application, String path) {
        var server = ((WebServerApplicationContext) application).getWebServer();
        int port = server == null ? 0 : server.getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
