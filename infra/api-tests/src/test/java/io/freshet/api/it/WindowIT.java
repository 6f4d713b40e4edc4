package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * X2 over HTTP: heartbeats stop coming, and each namespace does with its cache what it says. A row
 * that changes without its invalidation arriving tells the answers apart.
 */
class WindowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bypass = SharedServers.freshName("bypass");
    private final String serve = SharedServers.freshName("serve");
    private final String refuse = SharedServers.freshName("refuse");

    private Path namespaces(Path directory) throws Exception {
        var file = new StringBuilder("version: 1\nnamespaces:\n");
        Map.of(bypass, "bypass", serve, "serve-stale", refuse, "refuse")
                .forEach((name, onStale) ->
                        file.append(
                                """
                                  - name: %s
                                    max-staleness: 5s
                                    on-stale: %s
                                    source:
                                      sql: SELECT name FROM products WHERE id = CAST(:key AS bigint)
                                """
                                        .formatted(name, onStale)));
        return Files.writeString(directory.resolve("windows.yaml"), file);
    }

    private RunningService start(Path directory) throws Exception {
        Path file = namespaces(directory);
        var service =
                new RunningService(
                        directory, Map.of("freshet.api.namespaces-file", file.toString()));
        EmptyBuckets.initialise(service.kafka, List.of(bypass, serve, refuse));
        return service;
    }

    private static void awaitCached(RunningService service, String namespace) {
        await().atMost(PATIENCE)
                .until(() ->
                        service.api
                                .get(service.path(namespace, "1"))
                                .header("X-Cache-Hit")
                                .equals("true"));
    }

    private static boolean isExceeded(RunningService service, String namespace) {
        return service.management
                .get("/actuator/health")
                .json()
                .at("/components/node/details/windows/" + namespace + "/exceeded")
                .asBoolean(true);
    }

    @Test
    void shouldAnswerPastTheWindowAsEachNamespaceSays(@TempDir Path directory) throws Exception {
        try (var service = start(directory)) {
            // given cached values, of which the row has changed unheard
            for (String namespace : List.of(bypass, serve, refuse)) {
                awaitCached(service, namespace);
                await().atMost(PATIENCE).until(() -> !isExceeded(service, namespace));
            }
            service.sql("UPDATE products SET name = 'changed' WHERE id = 1");
            service.feeder.close();

            // when
            await().atMost(PATIENCE).until(() -> isExceeded(service, bypass));

            // then
            HttpAnswer bypassed = service.api.get(service.path(bypass, "1"));
            assertThat(bypassed.status()).isEqualTo(200);
            assertThat(bypassed.text()).contains("changed");
            assertThat(bypassed.header("X-Cache-Tier")).isEqualTo("source");
            assertThat(bypassed.header("Freshet-Stale")).isEmpty();

            HttpAnswer served = service.api.get(service.path(serve, "1"));
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.text()).contains("product 1");
            assertThat(served.header("X-Cache-Hit")).isEqualTo("true");
            assertThat(served.header("Freshet-Stale")).isEqualTo("true");
            assertThat(served.header("Cache-Control")).isEqualTo("private, max-age=0");

            HttpAnswer refused = service.api.get(service.path(refuse, "1"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("window-exceeded");
            assertThat(refused.header("Retry-After")).isNotEmpty();

            assertSeen(service);
        }
    }

    /** In metrics and health too; and readiness stays, for no other node is better off. */
    private void assertSeen(RunningService service) {
        String metrics = service.management.get("/actuator/prometheus").text();
        for (String namespace : List.of(bypass, serve, refuse)) {
            String tag = "\\{namespace=\"" + namespace + "\"}";
            assertThat(metrics)
                    .containsPattern("freshet_window_exceeded_total" + tag + " [1-9]")
                    .containsPattern("freshet_window_age_seconds" + tag + " [5-9]\\.\\d+|1\\d\\.")
                    .containsPattern("freshet_window_limit_seconds" + tag + " 5\\.0");
        }
        var health = service.management.get("/actuator/health").json();
        var window = health.at("/components/node/details/windows/" + refuse);
        assertThat(window.at("/source").asString()).isEqualTo("primary");
        assertThat(window.at("/age-ms").asLong()).isGreaterThan(5_000);
        assertThat(window.at("/window-ms").asLong()).isEqualTo(5_000);
        var told = service.api.get("/api/v1/cache/health").json().at("/windows/" + refuse);
        assertThat(told.path("exceeded").asBoolean()).isTrue();
        assertThat(told.path("age_ms").asLong()).isGreaterThan(5_000);
        assertThat(told.path("max_ms").asLong()).isEqualTo(5_000);
        assertThat(service.management.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
}
