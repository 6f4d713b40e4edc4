package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one slow source does to callers, and does not do to those of another. */
class SlowSourceIT {

    @TempDir private Path directory;

    @Test
    @DisplayName("C-06: queries of one source take 30 s")
    void shouldTimeOutAndServeOthers() throws Exception {
        try (var service =
                        new RunningService(
                                directory, Map.of("freshet.resilience.sources.open-for", "20s"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            service.management.get("/actuator/health/readiness").status() == 200);

            // when
            List<Future<HttpAnswer>> slow =
                    IntStream.range(0, 60)
                            .mapToObj(i -> threads.submit(read(service, service.slow, "k" + i)))
                            .toList();
            List<Future<HttpAnswer>> others =
                    IntStream.rangeClosed(1, 50)
                            .mapToObj(i -> threads.submit(read(service, service.products, "" + i)))
                            .toList();

            // then
            for (Future<HttpAnswer> other : others) {
                assertThat(other.get().status()).isEqualTo(200);
            }
            for (Future<HttpAnswer> each : slow) {
                assertThat(each.get().status()).isIn(503, 504);
                assertThat(each.get().code()).isIn("source-timeout", "source-unavailable");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> isRefused(service));
            assertSeen(service);
        }
    }

    private static Callable<HttpAnswer> read(RunningService service, String namespace, String key) {
        return () -> service.api.get(service.path(namespace, key));
    }

    /** At once, without asking the source. */
    private static boolean isRefused(RunningService service) {
        HttpAnswer answer = service.api.get(service.path(service.slow, "again"));
        return answer.status() == 503 && !answer.header("Retry-After").isEmpty();
    }

    private static void assertSeen(RunningService service) {
        var health = service.api.get("/api/v1/cache/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asString()).isEqualTo("degraded");
        assertThat(health.json().at("/sources/" + service.slow).asString()).isEqualTo("open");
        assertThat(health.json().at("/sources/" + service.products).asString()).isEqualTo("closed");
        assertThat(service.management.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(service.management.get("/actuator/prometheus").text())
                .contains("freshet_source_circuit{namespace=\"" + service.slow + "\"} 2.0")
                .contains("freshet_source_circuit{namespace=\"" + service.products + "\"} 0.0");
    }
}
