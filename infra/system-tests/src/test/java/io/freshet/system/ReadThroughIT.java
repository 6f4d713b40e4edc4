package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.system.Cities.City;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G1, H3: reads come from the source once, then from Redis or the node's memory. */
class ReadThroughIT {

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
    void shouldReadAMissingCityFromTheDatabase() throws Exception {
        City city = cities.take();

        Answer first = client.get(NAMESPACE, city.key());

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.value().path("name").asString()).isEqualTo(city.name());
        assertThat(first.tier()).isEqualTo("source");
        assertThat(first.isHit()).isFalse();
    }

    @Test
    void shouldReadACachedCityFromTheTierThatIsNearest() throws Exception {
        City city = cities.take();
        client.get(NAMESPACE, city.key());

        List<Answer> again =
                List.of(
                        client.getFromRedis(NAMESPACE, city.key()),
                        client.get(NAMESPACE, city.key()));

        assertThat(again).extracting(Answer::tier).containsExactly("l2", "l1");
        assertThat(again).allMatch(Answer::isHit);
        assertThat(again)
                .allSatisfy(answer ->
                        assertThat(answer.value().path("name").asString()).isEqualTo(city.name()));
    }

    @Test
    void shouldAnswerThatACityDoesNotExist() {
        Answer answer = client.get(NAMESPACE, "-1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asString()).isEqualTo("key-not-found");
    }
}
