package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** X1, X2, X8: a service that is killed and comes back loses no invalidation. */
class KillIT {

    /** {@code max-staleness} of the demo's namespace, and what clocks and requests need. */
    private static final Duration WINDOW = Duration.ofMillis(2_000 + 500);

    private static final int UPDATES_AROUND = 100;

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @ParameterizedTest
    @EnumSource(Service.class)
    void shouldLoseNoInvalidation(Service killed) throws Exception {
        try (var cities = new Cities(system);
                var load = new Load(system, cities.take(40))) {
            List<City> some = load.cities();
            load.start();
            awaitMoreUpdates(load);

            system.killAndAwaitRestart(killed);

            awaitMoreUpdates(load);
            load.stop();
            Map<String, String> committed = cities.names(some);
            await("every cached value equals the database")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        assertThat(names(some, client::get)).isEqualTo(committed);
                        assertThat(names(some, client::getFromRedis)).isEqualTo(committed);
                    });
            assertThat(load.history().violations(WINDOW))
                    .as("%d writes, %d reads", load.history().writes(), load.history().reads())
                    .isEmpty();
        }
    }

    private static void awaitMoreUpdates(Load load) {
        long now = load.history().writes();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> load.history().writes() >= now + UPDATES_AROUND);
    }

    private static Map<String, String> names(
            List<City> some, BiFunction<String, String, Answer> read) {
        return some.stream()
                .map(City::key)
                .collect(
                        Collectors.toMap(
                                identity(),
                                key -> read.apply(NAMESPACE, key).value().path("name").asString()));
    }
}
