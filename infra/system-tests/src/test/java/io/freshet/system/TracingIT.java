package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import io.freshet.system.SpanCollector.Told;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** J4: one change is one trace, from its commit to its eviction; and what logs and spans hide. */
class TracingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";
    private static final String[] CALLER = {
        "traceparent", "00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-01"
    };

    private static SpanCollector collector;
    private static LocalSystem system;
    private static CacheClient client;

    private Cities cities;

    @BeforeAll
    static void start() throws Exception {
        collector = new SpanCollector();
        system =
                LocalSystem.with(
                        "var-traced",
                        Map.of(
                                "FRESHET_TRACING_ENABLED",
                                "true",
                                "FRESHET_TRACING_ENDPOINT",
                                collector.endpoint(),
                                "FRESHET_TRACING_SAMPLE",
                                "1",
                                "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                                "ecs"));
        client = new CacheClient(system);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.stop();
        }
        collector.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        cities = new Cities(system);
    }

    @AfterEach
    void disconnect() throws SQLException {
        cities.close();
    }

    @Test
    void shouldTellOneRowChangeAsOneTrace() throws Exception {
        City city = cities.take();
        client.get(NAMESPACE, city.key());
        Set<String> earlier = traces("capture");

        cities.rename(city, "Planted-Value");

        await().atMost(PATIENCE)
                .until(() ->
                        traces("capture").stream()
                                .filter(trace -> !earlier.contains(trace))
                                .anyMatch(trace -> isWhole(collector.ofTrace(trace))));
        String trace =
                traces("capture").stream()
                        .filter(each -> !earlier.contains(each))
                        .collect(Collectors.joining());
        List<Told> told = collector.ofTrace(trace);
        Told capture = only(told, "capture");
        assertThat(capture.parent()).isEmpty();
        assertThat(capture.service()).isEqualTo("cdc-connector");
        assertThat(capture.attributes())
                .containsKey("freshet.transaction")
                .containsEntry("freshet.source", "primary");
        assertThat(named(told, "publish")).extracting(Told::parent).containsOnly(capture.id());
        assertThat(parents(told, "route")).isEqualTo(ids(told, "publish"));
        assertThat(parents(told, "enforce")).isEqualTo(ids(told, "route"));
        assertThat(parents(told, "expand")).isEqualTo(ids(told, "route"));
        assertThat(ids(told, "expand")).containsAll(parents(told, "evict"));
        assertThat(named(told, "evict"))
                .anySatisfy(evict ->
                        assertThat(evict.attributes())
                                .containsEntry("freshet.outcome", "applied")
                                .containsEntry("freshet.namespace", NAMESPACE)
                                .containsEntry("freshet.removed", "1"));
    }

    @Test
    void shouldJoinTheCallersTrace() throws Exception {
        City city = cities.take();

        Answer filled = client.get(NAMESPACE, city.key(), CALLER);
        Answer invalidated =
                client.post(
                        "/invalidate",
                        "{\"namespace\":\"cities\",\"keys\":[\"%s\"]}".formatted(city.key()),
                        CALLER);

        assertThat(filled.tier()).isEqualTo("source");
        assertThat(invalidated.status()).isEqualTo(200);
        // Each process sends its spans when it likes: the last one's may be here first.
        await().atMost(PATIENCE)
                .until(() -> {
                    List<Told> soFar = collector.ofTrace(CALLERS_TRACE);
                    return ofCaller(soFar).size() == 2
                            && Stream.of("route", "enforce", "evict")
                                    .noneMatch(name -> named(soFar, name).isEmpty());
                });
        List<Told> told = collector.ofTrace(CALLERS_TRACE);
        List<Told> requests = ofCaller(told);
        assertThat(requests)
                .extracting(Told::name)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/cache/{namespace}/{key}", "POST /api/v1/cache");
        assertThat(requests)
                .anySatisfy(span ->
                        assertThat(span.attributes()).containsEntry("freshet.tier", "source"));
        Told post =
                requests.stream().filter(span -> span.name().startsWith("POST")).findFirst().get();
        assertThat(named(told, "route")).extracting(Told::parent).containsOnly(post.id());
        assertThat(parents(told, "enforce")).isEqualTo(ids(told, "route"));
    }

    @Test
    void shouldKeepTheCallersDecisionNotToBeTraced() throws Exception {
        City city = cities.take();
        String unsampled = "af7651916cd43dd8448eb211c80319c4";

        client.get(
                NAMESPACE,
                city.key(),
                "traceparent",
                "00-" + unsampled + "-" + CALLERS_SPAN + "-00");
        client.get(NAMESPACE, city.key(), CALLER);

        await().atMost(PATIENCE)
                .until(() ->
                        collector.ofTrace(CALLERS_TRACE).stream()
                                .anyMatch(span ->
                                        "l1".equals(span.attributes().get("freshet.tier"))));
        assertThat(collector.ofTrace(unsampled)).isEmpty();
    }

    /**
     * Each line of each service's log is a JSON document; no log and no span tells what is held.
     */
    @Test
    void shouldTellNoKeysValuesOrSecrets() throws Exception {
        City city = cities.take();
        client.put("sessions", "planted-key", "{\"name\":\"planted-value\"}");
        client.get(NAMESPACE, "planted-key");
        client.get("sessions", "planted-key", CALLER);
        client.delete("/sessions/planted-key");
        client.post("/invalidate", "{\"namespace\":\"cities\",\"keys\":[\"planted-key\"]}");
        cities.rename(city, "planted-value");
        try (var producer = new Producer(system)) {
            producer.send("planted-key", "planted-value", CALLER[1]);
            await().atMost(PATIENCE).until(() -> !producer.deadLetters().isEmpty());
        }
        await().atMost(PATIENCE)
                .until(() ->
                        system.log(Service.INVALIDATION_STREAM).stream()
                                .anyMatch(
                                        line -> line.contains("set a record of the inbox aside")));

        for (Service service : Service.values()) {
            for (String line : system.log(service)) {
                assertThat(line).as(service.label()).doesNotContainIgnoringCase("planted-");
                assertThat(line).as(service.label()).doesNotContain(system.token());
            }
            assertThat(documents(service)).as(service.label()).isNotEmpty();
        }
        assertThat(collector.text()).doesNotContainIgnoringCase("planted-");
        assertThat(documents(Service.INVALIDATION_STREAM))
                .anySatisfy(line -> {
                    assertThat(line.path("message").asString())
                            .isEqualTo("set a record of the inbox aside");
                    assertThat(line.path("reason").asString()).isEqualTo("not-json");
                    assertThat(line.has("via")).isTrue();
                    assertThat(line.path("traceId").asString()).isEqualTo(CALLERS_TRACE);
                });
    }

    private static List<JsonNode> documents(Service service) {
        var json = new JsonMapper();
        return system.log(service).stream()
                .filter(line -> line.startsWith("{"))
                .map(json::readTree)
                .toList();
    }

    private static Set<String> traces(String name) {
        return collector.named(name).stream().map(Told::trace).collect(Collectors.toSet());
    }

    /** Whether it is in force on both nodes and evicted. */
    private static boolean isWhole(List<Told> told) {
        return !named(told, "capture").isEmpty()
                && !named(told, "evict").isEmpty()
                && named(told, "enforce").stream().map(Told::service).distinct().count() == 2
                && parents(told, "enforce").equals(ids(told, "route"))
                && parents(told, "expand").equals(ids(told, "route"));
    }

    private static Told only(List<Told> told, String name) {
        List<Told> found = named(told, name);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<Told> ofCaller(List<Told> spans) {
        return spans.stream().filter(span -> span.parent().equals(CALLERS_SPAN)).toList();
    }

    private static List<Told> named(List<Told> told, String name) {
        return told.stream().filter(span -> span.isA(name)).toList();
    }

    private static Set<String> ids(List<Told> told, String name) {
        return named(told, name).stream().map(Told::id).collect(Collectors.toSet());
    }

    private static Set<String> parents(List<Told> told, String name) {
        return named(told, name).stream().map(Told::parent).collect(Collectors.toSet());
    }
}
