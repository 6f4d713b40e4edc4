package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D3, {@code refresh}: what is asked for is there again before somebody asks. */
class RefreshStrategyIT {

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private Cities cities;
    private Producer producer;

    @BeforeEach
    void connect() throws SQLException {
        cities = new Cities(system);
        producer = new Producer(system);
    }

    @AfterEach
    void disconnect() throws SQLException {
        cities.close();
        producer.close();
    }

    @Test
    void shouldLoadAHotEntryAnewWithoutARead() throws Exception {
        City city = cities.take();
        client.get(NAMESPACE, city.key());
        assertThat(client.get(NAMESPACE, city.key()).tier()).isEqualTo("l1");
        double loaded = loaded();

        producer.send(
                city.key(),
                """
                {"schema": 1, "type": "key", "namespace": "cities", "key": "%s", "refresh": true}
                """
                        .formatted(city.key()));

        await().atMost(Duration.ofSeconds(30)).until(() -> loaded() > loaded);
        Answer answer = client.get(NAMESPACE, city.key(), "Cache-Control", "only-if-cached");
        assertThat(answer.status()).isEqualTo(200);
    }

    private double loaded() {
        URI management = system.management(Service.API_SERVICE);
        return client.metrics(management)
                .lines()
                .filter(line ->
                        line.startsWith("freshet_refresh_reloads_total{")
                                && line.contains("outcome=\"loaded\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
