package io.freshet.warmer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.infra.servers.SharedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** F1, F4: the worker as it is deployed, on a real Kafka, Redis and PostgreSQL. */
class WarmerApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final Namespace shop = new Namespace(SharedServers.freshName("shop"));

    @Test
    void shouldWarmFromTheSourceAndTellItsMetrics() throws Exception {
        installation.migrate();
        installation.execute("CREATE TABLE product (id bigint PRIMARY KEY, name text)");
        installation.execute(
                "INSERT INTO product SELECT i, 'product ' || i FROM generate_series(1, 20) AS i");
        installation.declare(products());

        try (var worker = start()) {
            await().atMost(PATIENCE).until(() -> status(worker, "health/readiness") == 200);
            installation.send(job("first", 1, 22));
            awaitEnd("first", State.DONE);
            installation.send(job("second", 1, 20));
            awaitEnd("second", State.DONE);

            WarmProgress first = last("first").orElseThrow();
            WarmProgress second = last("second").orElseThrow();
            assertThat(first)
                    .extracting(WarmProgress::state, WarmProgress::tally)
                    .containsExactly(State.DONE, new Tally(22, 20, 0, 2, 0, 0));
            assertThat(second.tally().present()).isEqualTo(20);
            // The end of a job is told before it is counted.
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get(worker, "prometheus").body())
                                    .contains(
                                            "freshet_warm_loaded_total{namespace=\""
                                                    + shop
                                                    + "\"} 20.0")
                                    .contains("freshet_warm_source_queries_total 22.0")
                                    .contains("freshet_warm_jobs_total{state=\"done\"} 2.0")
                                    .contains("freshet_warm_jobs_running 0.0"));
        }
    }

    /** The source refuses a key that is no number. */
    @Test
    void shouldWarmWhatAQueryNamesAndTellHowManyKeysFailed() throws Exception {
        installation.migrate();
        installation.execute("CREATE TABLE product (id bigint PRIMARY KEY, name text)");
        installation.execute(
                "INSERT INTO product SELECT i, 'product ' || i FROM generate_series(1, 20) AS i");
        installation.declare(
                products(
                        Map.of(
                                "first",
                                "SELECT id FROM product WHERE id <= 5",
                                "more",
                                "SELECT id::text FROM product WHERE id <= 7"
                                        + " UNION ALL SELECT 'no number'")));

        try (var worker = start()) {
            await().atMost(PATIENCE).until(() -> status(worker, "health/readiness") == 200);
            installation.send(job("first", new Selection.Query("first")));
            awaitEnd("first", State.DONE);
            installation.send(job("more", new Selection.Query("more")));
            awaitEnd("more", State.INCOMPLETE);
        }

        // The worker has warmed the same at its start, before or after.
        Tally first = last("first").orElseThrow().tally();
        Tally more = last("more").orElseThrow().tally();
        assertThat(first.loaded() + first.present()).isEqualTo(5);
        assertThat(first.failed()).isZero();
        assertThat(more.loaded() + more.present()).isEqualTo(7);
        assertThat(more.failed()).isEqualTo(1);
    }

    /** F2: the second worker knows what is popular before it has heard of any node. */
    @Test
    void shouldWarmAtItsStartWhatWasPopularBeforeARestart() throws Exception {
        installation.migrate();
        installation.execute("CREATE TABLE product (id bigint PRIMARY KEY, name text)");
        installation.execute(
                "INSERT INTO product SELECT i, 'product ' || i FROM generate_series(1, 20) AS i");
        installation.declare(products());
        try (var worker = start("--freshet.warmer.popularity.save-interval=100ms")) {
            await().atMost(PATIENCE).until(() -> status(worker, "health/readiness") == 200);
            installation.send(popular("3", "5", "8"));
            await().atMost(PATIENCE)
                    .until(() ->
                            installation.popularity().stream()
                                    .anyMatch(PopularityRecord.Progress.class::isInstance));
        }

        try (var _ = start()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            installation.progress().stream()
                                    .anyMatch(told ->
                                            told.requestedBy().equals("trigger:start")
                                                    && told.state() == State.DONE
                                                    && told.tally().total() == 3));
        }
    }

    private Traffic popular(String... keys) {
        return new Traffic(
                "node",
                shop,
                Instant.now(),
                Duration.ofSeconds(1),
                0,
                0,
                3,
                Stream.of(keys).map(key -> new HotKey(new EntryKey(key), 0, 1)).toList());
    }

    @Test
    void shouldWaitForTheCatalogAndBeReadyOnceItIsThere() throws Exception {
        try (var worker = start()) {
            await().atMost(PATIENCE)
                    .until(() -> get(worker, "health").body().contains("waiting for the catalog"));
            assertThat(status(worker, "health/readiness")).isEqualTo(503);
            assertThat(status(worker, "health/liveness")).isEqualTo(200);

            installation.migrate();

            await().atMost(PATIENCE).until(() -> status(worker, "health/readiness") == 200);
        }
    }

    private ConfigurableApplicationContext start(String... more) {
        return SpringApplication.run(
                WarmerApplication.class,
                Stream.concat(Stream.of(installation.options()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void awaitEnd(String job, State state) {
        await().atMost(PATIENCE)
                .until(() -> last(job).filter(told -> told.state() == state).isPresent());
    }

    private Optional<WarmProgress> last(String job) {
        return installation.progress().stream()
                .filter(told -> told.id().equals(job))
                .reduce((_, last) -> last);
    }

    private WarmJob job(String id, int firstKey, int lastKey) {
        List<EntryKey> keys =
                IntStream.rangeClosed(firstKey, lastKey)
                        .mapToObj(key -> new EntryKey(Integer.toString(key)))
                        .toList();
        return job(id, new Selection.Keys(keys));
    }

    private WarmJob job(String id, Selection selection) {
        return new WarmJob(id, shop, selection, "test", Instant.now());
    }

    private NamespaceConfig products() {
        return products(Map.of());
    }

    private NamespaceConfig products(Map<String, String> queries) {
        return NamespaceConfig.builder(shop)
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT id, name FROM product WHERE id = CAST(:key AS bigint)",
                                Duration.ofSeconds(2),
                                List.of()))
                .warming(new Warming(1_000, null, 0, 0, 0, queries))
                .build();
    }

    private static int status(ConfigurableApplicationContext worker, String endpoint)
            throws Exception {
        return get(worker, endpoint).statusCode();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext worker, String endpoint)
            throws Exception {
        String port = worker.getEnvironment().getProperty("local.management.port");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:%s/actuator/%s"
                                                    .formatted(port, endpoint)))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
