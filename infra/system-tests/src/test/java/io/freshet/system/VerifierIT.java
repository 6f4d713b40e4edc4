package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.check.instance.Fleet;
import io.freshet.infra.check.instance.Instance;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Port;
import io.freshet.infra.local.supervision.Order;
import io.freshet.system.Cities.City;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** X6: the verifier finds what is planted, names it, and says nothing of what is right. */
class VerifierIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String UNRULED = "unruled";
    private static final String UNREAD = "unread";

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private Connection database;

    @BeforeEach
    void connect() throws SQLException {
        database = system.database();
    }

    @AfterEach
    void disconnect() throws SQLException {
        database.close();
    }

    @Test
    void shouldFindThatATableHasNoRule() throws Exception {
        execute("CREATE TABLE IF NOT EXISTS public.unruled (id text PRIMARY KEY, value int)");
        execute("INSERT INTO public.unruled VALUES ('1', 0) ON CONFLICT DO NOTHING");
        client.declare(
                UNRULED,
                """
                {"source": {"sql": "SELECT id, value FROM public.unruled WHERE id = :key"}}
                """);
        // A new namespace keeps nothing until its buckets have markers.
        await().until(() -> client.get(UNRULED, "1").isHit());

        execute("UPDATE public.unruled SET value = value + 1");

        await().atMost(PATIENCE).until(() -> violations(UNRULED, "rule-missing") > 0);
        assertThat(report())
                .contains("\"namespace\":\"unruled\"")
                .contains("\"cause\":\"rule-missing\"");
        client.delete("/" + UNRULED);
        assertThat(client.delete("/namespaces/" + UNRULED).status()).isEqualTo(200);
    }

    @Test
    void shouldFindThatAnInvalidationWasDropped() throws Exception {
        Instance instance = system.instance();
        try (var fleet = new Fleet(instance, instance.directory().config())) {
            instance.order(Order.Action.STOP, Part.INVALIDATION_STREAM);
            fleet.startInPlace(
                    Part.INVALIDATION_STREAM,
                    instance.addresses().ports().of(Port.STREAM),
                    Map.of("FRESHET_STREAM_PLANTEDFAULT_DROPONEIN", "1"));
            await().untilAsserted(() -> assertThat(client.get("countries", "MC").isHit()).isTrue());
            double before = violations("countries", "event-lost");

            rename("MC", "Lost");

            await().atMost(PATIENCE).until(() -> violations("countries", "event-lost") > before);
        } finally {
            instance.order(Order.Action.START, Part.INVALIDATION_STREAM);
        }
        rename("MC", "Monaco");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(client.get("countries", "MC").value().path("name").asString())
                                .isEqualTo("Monaco"));
    }

    @Test
    void shouldSayNothingOfChangesThatArriveAsTheyShould() throws Exception {
        double violations = violations(Cities.NAMESPACE, "");
        try (var cities = new Cities(system)) {
            List<City> taken = cities.take(20);
            for (int round = 1; round <= 3; round++) {
                double before = consistent();
                for (City city : taken) {
                    cities.rename(city, "Version " + round);
                }
                // What is cached is compared, and it is cached once the invalidations have passed.
                await().atMost(PATIENCE)
                        .until(() ->
                                taken.stream()
                                        .allMatch(city ->
                                                client.get(Cities.NAMESPACE, city.key()).isHit()));
                await().atMost(PATIENCE).until(() -> consistent() > before);
            }
        }

        assertThat(violations(Cities.NAMESPACE, "")).as(report()).isEqualTo(violations);
    }

    @Test
    void shouldNotCountItsOwnReads() {
        client.declare(
                UNREAD,
                """
                {"source": {"sql": "SELECT id, name FROM public.cities WHERE id = CAST(:key AS bigint)"}}
                """);

        await().atMost(PATIENCE)
                .until(() -> {
                    client.post(
                            "/invalidate",
                            "{\"namespace\": \"%s\", \"key\": \"1\"}".formatted(UNREAD));
                    return metric(
                                    "cache_consistency_checks_total",
                                    "namespace=\"" + UNREAD + "\"",
                                    "outcome=\"absent\"")
                            > 0;
                });

        assertThat(client.read("/" + UNREAD + "/stats").json().get("misses").asInt()).isZero();
        assertThat(client.delete("/namespaces/" + UNREAD).status()).isEqualTo(200);
    }

    private double consistent() {
        return metric(
                "cache_consistency_checks_total", "namespace=\"cities\"", "outcome=\"consistent\"");
    }

    private double violations(String namespace, String cause) {
        return metric(
                "cache_consistency_violations_total",
                "namespace=\"" + namespace + "\"",
                cause.isEmpty() ? "" : "cause=\"" + cause + "\"");
    }

    private double metric(String name, String namespace, String tag) {
        return client.metrics(system.management(Service.WARMER_WORKER))
                .lines()
                .filter(line ->
                        line.startsWith(name + "{")
                                && line.contains(namespace)
                                && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String report() {
        return client.actuator(system.management(Service.WARMER_WORKER), "consistency");
    }

    private void rename(String code, String name) throws SQLException {
        execute("UPDATE public.countries SET name = '%s' WHERE code = '%s'".formatted(name, code));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
