package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.check.instance.Fleet;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.layout.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** E1: three nodes, a key that nobody has, and many who ask for it; the last test kills a node. */
@Order(Integer.MAX_VALUE - 2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StampedeIT {

    private static final Logger log = LoggerFactory.getLogger(StampedeIT.class);

    private static final String NAMESPACE = "stampede";
    private static final String SLOW = "stampede-slow";
    private static final String SOURCE = "FROM public.stampede_items";
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration SLOW_QUERY = Duration.ofMillis(1_500);
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int REQUESTS = 1_000;

    private static final String NAMESPACES =
            """
            version: 1
            namespaces:
              - name: stampede
                max-staleness: 1m
                source:
                  sql: >
                    SELECT id, name, pg_sleep(0.5) FROM public.stampede_items
                    WHERE id = CAST(:key AS bigint)
                  timeout: 10s
              - name: stampede-slow
                max-staleness: 1m
                refresh:
                  lease: 3s
                source:
                  sql: >
                    SELECT id, name, pg_sleep(1.5) FROM public.stampede_items
                    WHERE id = CAST(:key AS bigint)
                  timeout: 10s
            """;

    @TempDir private static Path directory;

    private static final LocalSystem system = LocalSystem.shared();
    private static Instance instance;
    private static Fleet fleet;
    private static List<CacheClient> nodes;

    @BeforeAll
    static void startTwoMoreNodes() throws Exception {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS public.stampede_items (id bigint PRIMARY KEY, name text)");
            statement.execute(
                    "INSERT INTO public.stampede_items SELECT id, 'item ' || id FROM"
                            + " generate_series(1, 20) AS id ON CONFLICT DO NOTHING");
        }
        instance = system.instance();
        fleet = new Fleet(instance, Files.writeString(directory.resolve("n.yaml"), NAMESPACES));
        var more = fleet.startNodes(List.of("stampede-2", "stampede-3"), Map.of());
        nodes =
                Stream.concat(Stream.of(system.api()), more.stream().map(node -> node.uri()))
                        .map(uri -> new CacheClient(uri, system.token()))
                        .toList();
        for (CacheClient node : nodes) {
            for (String namespace : List.of(NAMESPACE, SLOW)) {
                awaitCached(node, namespace);
            }
        }
    }

    /** The buckets of a new namespace take no fills at first. */
    private static void awaitCached(CacheClient node, String namespace) {
        await().atMost(PATIENCE)
                .until(() ->
                        IntStream.rangeClosed(1, 9).allMatch(key -> isHit(node, namespace, key)));
    }

    private static boolean isHit(CacheClient node, String namespace, int key) {
        return node.get(namespace, Integer.toString(key)).isHit();
    }

    @AfterAll
    static void stopThem() {
        fleet.close();
    }

    @Test
    @Order(1)
    void shouldAskTheSourceOnceForAThousandConcurrentRequestsForAnExpiredKey() throws Exception {
        // given
        String key = "5";
        expire(NAMESPACE, key);
        try (var queries = new Queries(system, SOURCE)) {
            // when
            long begun = System.nanoTime();
            List<CompletableFuture<Answer>> answers =
                    IntStream.range(0, REQUESTS)
                            .mapToObj(i -> nodes.get(i % nodes.size()).getAsync(NAMESPACE, key))
                            .toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            // then
            log.atWarn()
                    .addKeyValue("requests", REQUESTS)
                    .addKeyValue("queries", queries.seen())
                    .addKeyValue("ms", (System.nanoTime() - begun) / 1_000_000)
                    .log("stampede");
            assertThat(answers)
                    .allSatisfy(answer -> {
                        assertThat(answer.join().status()).isEqualTo(200);
                        assertThat(answer.join().value().path("name").asString())
                                .isEqualTo("item 5");
                    });
            assertThat(queries.seen()).isEqualTo(1);
            assertThat(answers.stream().filter(answer -> answer.join().tier().equals("l2")))
                    .isNotEmpty();
        }
    }

    @Test
    @Order(2)
    void shouldKeepOthersWaitingForNoLongerThanTheLeaseOfANodeThatIsKilled() throws Exception {
        // given
        String key = "6";
        expire(SLOW, key);
        try (var queries = new Queries(system, SOURCE)) {
            CompletableFuture<Answer> ofHolder = nodes.getFirst().getAsync(SLOW, key);
            await().atMost(PATIENCE).until(() -> queries.seen() == 1);
            long pid = instance.status(Part.API_SERVICE).pid();
            // when
            long begun = System.nanoTime();
            List<CompletableFuture<Answer>> others =
                    nodes.stream().skip(1).map(node -> node.getAsync(SLOW, key)).toList();
            instance.signal("KILL", Part.API_SERVICE);
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            instance.awaitRestart(Part.API_SERVICE, pid);
            // then
            log.atWarn()
                    .addKeyValue("queries", queries.seen())
                    .addKeyValue("ms", took.toMillis())
                    .log("holder killed");
            assertThat(others).allMatch(other -> other.join().status() == 200);
            assertThat(took).isLessThan(LEASE.plus(SLOW_QUERY).plus(SLACK));
            assertThat(queries.seen()).isEqualTo(2);
            assertThat(ofHolder)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .isInstanceOf(ExecutionException.class);
        }
    }

    /** Leaves an entry that has just expired, and that nobody has loaded anew. */
    private static void expire(String namespace, String key) {
        CacheClient node = nodes.getLast();
        await().atMost(PATIENCE)
                .until(() -> {
                    node.post(
                            "/invalidate",
                            "{\"namespace\": \"%s\", \"key\": \"%s\"}".formatted(namespace, key));
                    Answer miss = ifCached(node, namespace, key);
                    String token = miss.headers().firstValue("Freshet-Miss-Token").orElse("");
                    return !token.isEmpty()
                            && node.put(
                                                    namespace,
                                                    key,
                                                    "{\"value\": {\"name\": \"expired\"}, \"ttl\": 1}",
                                                    token)
                                            .status()
                                    < 300;
                });
        await().atMost(PATIENCE)
                .until(() ->
                        nodes.stream()
                                .allMatch(
                                        other -> ifCached(other, namespace, key).status() == 404));
    }

    private static Answer ifCached(CacheClient node, String namespace, String key) {
        return node.get(namespace, key, "Cache-Control", "only-if-cached");
    }
}
