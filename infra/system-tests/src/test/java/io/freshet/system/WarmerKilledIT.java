package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.check.instance.Fleet;
import io.freshet.infra.check.instance.Fleet.Beside;
import io.freshet.infra.check.instance.Instance;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** F4: one of two workers is killed with SIGKILL while they share a job; the other ends it. */
class WarmerKilledIT {

    private static final Logger log = LoggerFactory.getLogger(WarmerKilledIT.class);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NAMESPACE = "killed-warm";
    private static final int KEYS = 1_000;
    private static final int LOADED_WHEN_KILLED = 150;
    private static final int PARTITIONS = 4;

    /** As workers are configured: queries a second of all, and loads of each at one time. */
    private static final int BUDGET = 200;

    private static final int CONCURRENCY = 8;

    /**
     * Empty, since a worker that starts warms what it finds. The function tells the database's log
     * of each query.
     */
    private static final String TABLE =
            """
            DROP TABLE IF EXISTS public.killed_warm CASCADE;
            CREATE TABLE public.killed_warm (id text PRIMARY KEY, note text);
            CREATE OR REPLACE FUNCTION public.read_killed_warm(wanted text)
            RETURNS SETOF public.killed_warm LANGUAGE plpgsql AS
            $$ BEGIN
                 RAISE LOG 'killed_warm % %', wanted, extract(epoch FROM clock_timestamp());
                 RETURN QUERY SELECT * FROM public.killed_warm WHERE id = wanted;
               END $$
            """;

    private static final String ROWS =
            "INSERT INTO public.killed_warm SELECT i, 'note ' || i FROM generate_series(1, 1000) AS"
                    + " i";

    /** With {@code put_without_token} the verifier leaves it alone. */
    private static final String DOCUMENT =
            """
            {"put_without_token": true,
             "source": {"sql": "SELECT id, note FROM public.read_killed_warm(:key)"},
             "warm": {"top": 0, "hold_out": "0%",
                      "queries": {"all": "SELECT id FROM public.killed_warm ORDER BY id"}}}
            """;

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @BeforeEach
    void declare() throws Exception {
        execute(TABLE);
        client.declare(NAMESPACE, DOCUMENT);
    }

    @AfterEach
    void remove() {
        client.delete("/namespaces/" + NAMESPACE);
    }

    @Test
    void shouldHaveItsPartsTakenOverWithinTheBudget() throws Exception {
        // given
        URI survivor = system.management(Service.WARMER_WORKER);
        Instance instance = system.instance();
        try (var fleet = new Fleet(instance, instance.directory().config())) {
            Beside doomed = fleet.startWorker("doomed-warmer");
            await().atMost(PATIENCE)
                    .until(() ->
                            partitions(survivor) == PARTITIONS / 2
                                    && partitions(doomed.management()) == PARTITIONS / 2);
            execute(ROWS);
            String job = warmAll();
            await().atMost(PATIENCE)
                    .until(() -> loadedBy(doomed.management()) > LOADED_WHEN_KILLED);

            // when
            Instance.signal("KILL", doomed.pid());

            // then
            assertThat(progress(job).path("state").asString()).isEqualTo("running");
            await().atMost(PATIENCE)
                    .until(() -> progress(job).path("state").asString().equals("done"));
            assertThat(partitions(survivor)).isEqualTo(PARTITIONS);
            JsonNode end = progress(job);
            assertThat(end.path("total").asInt()).isEqualTo(KEYS);
            assertThat(end.path("loaded").asInt() + end.path("present").asInt()).isEqualTo(KEYS);
            assertThat(IntStream.rangeClosed(1, KEYS))
                    .allSatisfy(key -> assertThat(isInRedis(key)).isTrue());
            queriesWereWithinTheBudget();
        }
    }

    /**
     * What was loaded is not loaded again, but for what was under way; and no second has more
     * queries than the budget, but for those that were let through before it.
     */
    private void queriesWereWithinTheBudget() {
        QueryTimes queries = QueryTimes.of(system.databaseLog(), "killed_warm");
        log.atWarn()
                .addKeyValue("queries", queries.count())
                .addKeyValue("most-in-a-second", queries.mostInASecond())
                .log("warmed by two workers, one of them killed");
        assertThat(queries.count()).isBetween(KEYS, KEYS + CONCURRENCY);
        assertThat(queries.mostInASecond()).isLessThanOrEqualTo(BUDGET + 2 * CONCURRENCY);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String warmAll() {
        Answer accepted = client.post("/" + NAMESPACE + "/warm", "{\"query\": \"all\"}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return accepted.json().path("job").asString();
    }

    private JsonNode progress(String job) {
        return client.read("/warm-jobs/" + job).json();
    }

    private boolean isInRedis(int key) {
        return client.get(
                        NAMESPACE,
                        Integer.toString(key),
                        "Freshet-Tier",
                        "l2",
                        "Cache-Control",
                        "only-if-cached")
                .tier()
                .equals("l2");
    }

    private double partitions(URI worker) {
        return metric(worker, "freshet_warm_partitions ");
    }

    private double loadedBy(URI worker) {
        return metric(worker, "freshet_warm_loaded_total{namespace=\"" + NAMESPACE + "\"} ");
    }

    private double metric(URI worker, String line) {
        return client.metrics(worker)
                .lines()
                .filter(told -> told.startsWith(line))
                .mapToDouble(told -> Double.parseDouble(told.substring(line.length())))
                .sum();
    }
}
