package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import io.freshet.system.Producer.DeadLetter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D7: anyone with a Kafka producer may invalidate; nobody can stop the stream. */
class InboxIT {

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
    void shouldObeyAPlainProducer() throws Exception {
        City city = cached(cities.take());

        producer.send(city.key(), invalidation(city));

        await().until(() -> client.get(NAMESPACE, city.key()).tier().equals("source"));
    }

    @Test
    void shouldPutAMalformedRecordAsideAndGoOn() throws Exception {
        City city = cached(cities.take());
        String malformed =
                "{\"schema\":1,\"type\":\"key\",\"namespace\":\"cities\",\"key\":\"1\",\"colour\":\"%s\"}"
                        .formatted(UUID.randomUUID());
        producer.send(city.key(), malformed);
        producer.send(city.key(), "not json");

        producer.send(city.key(), invalidation(city));

        await().until(() -> client.get(NAMESPACE, city.key()).tier().equals("source"));
        List<DeadLetter> found = new ArrayList<>();
        await().until(() -> {
            found.addAll(producer.deadLetters());
            return found.size() >= 2;
        });
        assertThat(found).extracting(DeadLetter::value).containsExactly(malformed, "not json");
        assertThat(found.getFirst().headers()).anyMatch(header -> header.contains("unknown-field"));
        assertThat(found.getLast().headers()).anyMatch(header -> header.contains("not-json"));
    }

    private City cached(City city) {
        client.get(NAMESPACE, city.key());
        assertThat(client.get(NAMESPACE, city.key()).tier()).isEqualTo("l1");
        return city;
    }

    private static String invalidation(City city) {
        return "{\"schema\":1,\"type\":\"key\",\"namespace\":\"cities\",\"key\":\"%s\"}"
                .formatted(city.key());
    }
}
