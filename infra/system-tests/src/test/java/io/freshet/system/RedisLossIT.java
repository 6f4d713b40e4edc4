package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * F1, F5, J2, J3: Redis is killed under a load and comes back empty. The dashboards show it, the
 * alerts call somebody and end, and the worker brings back what is hot while nobody reads.
 */
class RedisLossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "lost-hot";
    private static final List<String> HOT =
            IntStream.rangeClosed(1, 150).mapToObj(Integer::toString).toList();
    private static final String TABLE =
            """
            DROP TABLE IF EXISTS public.lost_hot;
            CREATE TABLE public.lost_hot AS
                SELECT i::text AS id, 'note ' || i AS note FROM generate_series(1, 200) AS i;
            ALTER TABLE public.lost_hot ADD PRIMARY KEY (id)
            """;
    private static final String DOCUMENT =
            """
            {"source": {"sql": "SELECT id, note FROM public.lost_hot WHERE id = :key"},
             "warm": {"top": 200, "hold_out": "0%"}}
            """;

    private static final String OF_NAMESPACE = "namespace=\"" + NAMESPACE + "\"";
    private static final String OF_API = "service=\"api-service\"";

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private LosableRedis redis;

    @BeforeEach
    void prepare() throws Exception {
        redis = new LosableRedis(system);
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        client.declare(NAMESPACE, DOCUMENT);
        // A rate is told of what was counted before.
        client.post("/" + NAMESPACE + "/warm", "{\"keys\": [\"200\"]}");
    }

    @AfterEach
    void bringBack() throws Exception {
        redis.start();
        client.delete("/namespaces/" + NAMESPACE);
    }

    @Test
    void shouldBeSeenAndCallSomebodyAndBeMendedByTheWorker(@TempDir Path directory)
            throws Exception {
        try (var prometheus =
                new RunningPrometheus(system, directory, HurriedAlerts.in(directory))) {
            // given
            try (var _ = new HotReaders(client, NAMESPACE, HOT)) {
                eventually(() -> {
                    assertThat(hitRate(prometheus)).isNotEmpty().allMatch(rate -> rate > 0.9);
                    nobodyIsCalled(prometheus);
                });

                // when
                redis.lose();

                // then
                eventually(() -> {
                    assertThat(shown(prometheus, "Freshet servers", "Connected")).contains(0.0);
                    assertThat(shown(prometheus, "Freshet servers", "Circuit")).contains(2.0);
                    assertThat(shown(prometheus, "Freshet servers", "Errors"))
                            .anyMatch(rate -> rate > 1);
                    assertThat(hitRate(prometheus)).isNotEmpty().allMatch(rate -> rate < 0.1);
                    assertThat(prometheus.isFiring("FreshetRedisUnreachable", OF_API)).isTrue();
                    assertThat(prometheus.isFiring("FreshetRedisErrors", "kind=\"open\"")).isTrue();
                    assertThat(prometheus.isFiring("FreshetHitRateLow", OF_NAMESPACE)).isTrue();
                });
            }

            // when nobody reads
            redis.start();

            // then
            eventually(() -> assertThat(warmedAfterTheLoss()).isPresent());
            assertThat(warmedAfterTheLoss().orElseThrow().path("loaded").asInt())
                    .isGreaterThanOrEqualTo(HOT.size());
            assertThat(HOT).allSatisfy(key -> assertThat(isInRedis(key)).isTrue());
            eventually(() -> {
                assertThat(shown(prometheus, "Freshet servers", "Connected"))
                        .allMatch(connected -> connected == 1);
                assertThat(shown(prometheus, "Freshet warming and sources", "Entries warmed"))
                        .anyMatch(rate -> rate > 0);
                assertThat(shown(prometheus, "Freshet invalidation flow", "Redis repaired"))
                        .anyMatch(repairs -> repairs > 0);
            });
            try (var _ = new HotReaders(client, NAMESPACE, HOT)) {
                eventually(() -> {
                    assertThat(hitRate(prometheus)).isNotEmpty().allMatch(rate -> rate > 0.95);
                    nobodyIsCalled(prometheus);
                });
            }
        }
    }

    private static void nobodyIsCalled(RunningPrometheus prometheus) throws Exception {
        assertThat(prometheus.isFiring("FreshetRedisUnreachable", OF_API)).isFalse();
        assertThat(prometheus.isFiring("FreshetRedisErrors", "kind!=\"\"")).isFalse();
        assertThat(prometheus.isFiring("FreshetHitRateLow", OF_NAMESPACE)).isFalse();
    }

    private static List<Double> hitRate(RunningPrometheus prometheus) throws Exception {
        return shown(prometheus, "Freshet overview", "Hit rate by namespace", "5s");
    }

    private static List<Double> shown(RunningPrometheus prometheus, String dashboard, String panel)
            throws Exception {
        return shown(prometheus, dashboard, panel, "20s");
    }

    /** What a panel draws now, all its lines, when the namespace is chosen. */
    private static List<Double> shown(
            RunningPrometheus prometheus, String dashboard, String panel, String rateInterval)
            throws Exception {
        List<Double> drawn = new ArrayList<>();
        for (Dashboards.Query query : Dashboards.queries(dashboard, panel)) {
            drawn.addAll(prometheus.query(query.sent(NAMESPACE, rateInterval)));
        }
        return drawn;
    }

    /** The job that the worker made by itself, once it has ended. */
    private Optional<JsonNode> warmedAfterTheLoss() {
        return client.read("/warm-jobs")
                .json()
                .path("jobs")
                .valueStream()
                .filter(job ->
                        job.path("namespace").asString().equals(NAMESPACE)
                                && job.path("requested_by").asString().equals("trigger:redis-loss")
                                && job.path("state").asString().equals("done"))
                .findFirst();
    }

    /** Reads nothing into the cache. */
    private boolean isInRedis(String key) {
        return client.get(NAMESPACE, key, "Freshet-Tier", "l2", "Cache-Control", "only-if-cached")
                .tier()
                .equals("l2");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(assertion);
    }
}
