package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** X1, D2: what plain SQL commits is fresh in every tier within the window. */
class CommitIT {

    private static final Logger log = LoggerFactory.getLogger(CommitIT.class);

    /** {@code max-staleness} of the demo's namespace, and what clocks and requests need. */
    private static final Duration WINDOW = Duration.ofMillis(2_000 + 500);

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private Cities cities;

    @BeforeEach
    void connect() throws SQLException {
        cities = new Cities(system);
    }

    @AfterEach
    void disconnect() throws SQLException {
        cities.close();
    }

    @Test
    void shouldServeTheNewNameFromEveryTier() throws Exception {
        City city = cities.take();
        client.get(NAMESPACE, city.key());
        assertThat(client.get(NAMESPACE, city.key()).tier()).isEqualTo("l1");

        cities.rename(city, "Renamed");

        await().atMost(WINDOW)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() ->
                        assertThat(name(client.get(NAMESPACE, city.key()))).isEqualTo("Renamed"));
        assertThat(name(client.getFromRedis(NAMESPACE, city.key()))).isEqualTo("Renamed");
        await().untilAsserted(() ->
                assertThat(client.getFromRedis(NAMESPACE, city.key()).tier()).isEqualTo("l2"));
        assertThat(name(client.getFromRedis(NAMESPACE, city.key()))).isEqualTo("Renamed");
    }

    /** Measures from when COMMIT returned to when a GET first answers the new row. */
    @Test
    void shouldBeFreshWithinTheWindowOfEachOfTwoHundredCommits() throws Exception {
        City city = cities.take();
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            String name = "Version " + i;
            assertThat(client.get(NAMESPACE, city.key()).status()).isEqualTo(200);
            cities.rename(city, name);
            long committed = System.nanoTime();
            while (!name(client.get(NAMESPACE, city.key())).equals(name)) {
                assertThat(Duration.ofNanos(System.nanoTime() - committed)).isLessThan(WINDOW);
            }
            nanos[i] = System.nanoTime() - committed;
        }

        Arrays.sort(nanos);

        log.atWarn()
                .addKeyValue("updates", nanos.length)
                .addKeyValue("median-ms", nanos[nanos.length / 2] / 1e6)
                .addKeyValue("p99-ms", nanos[nanos.length * 99 / 100] / 1e6)
                .addKeyValue("worst-ms", nanos[nanos.length - 1] / 1e6)
                .log("commit to fresh");
        assertThat(Duration.ofNanos(nanos[nanos.length - 1])).isLessThan(WINDOW);
    }

    private static String name(Answer answer) {
        return answer.value().path("name").asString();
    }
}
