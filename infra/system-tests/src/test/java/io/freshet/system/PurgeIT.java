package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.system.Cities.City;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D1, X4: a purge of any size is in force for whoever waits for its token. */
class PurgeIT {

    private static final String SESSIONS = "sessions";

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
    void shouldPurgeACountryByItsTag() throws Exception {
        List<City> dutch = cached(cities.of("NL", 20));
        List<City> belgian = cached(cities.of("BE", 20));

        String token = invalidate("{\"namespace\":\"cities\",\"tags\":[\"country:NL\"]}");

        assertThat(dutch).allSatisfy(city -> assertThat(tier(city, token)).isEqualTo("source"));
        assertThat(belgian).allSatisfy(city -> assertThat(tier(city, token)).isEqualTo("l1"));
    }

    @Test
    void shouldPurgeANamespace() throws Exception {
        List<City> some = cached(cities.take(20));

        String token = invalidate("{\"namespace\":\"cities\",\"all\":true}");

        assertThat(some).allSatisfy(city -> assertThat(tier(city, token)).isEqualTo("source"));
    }

    @Test
    void shouldPurgeWhatMatchesAPattern() {
        String user = UUID.randomUUID().toString();
        client.put(SESSIONS, user + ":web", "{\"value\":{\"cart\":1}}");
        client.put(SESSIONS, user + ":app", "{\"value\":{\"cart\":2}}");
        client.put(SESSIONS, "other:" + user, "{\"value\":{\"cart\":3}}");

        String token =
                invalidate("{\"namespace\":\"sessions\",\"pattern\":\"%s:*\"}".formatted(user));

        assertThat(client.get(SESSIONS, user + ":web", "Freshet-After", token).status())
                .isEqualTo(404);
        assertThat(client.get(SESSIONS, user + ":app", "Freshet-After", token).status())
                .isEqualTo(404);
        assertThat(client.get(SESSIONS, "other:" + user, "Freshet-After", token).status())
                .isEqualTo(200);
    }

    @Test
    void shouldPurgeOneKey() throws Exception {
        City city = cached(cities.take(1)).getFirst();

        String token =
                invalidate("{\"namespace\":\"cities\",\"keys\":[\"%s\"]}".formatted(city.key()));

        assertThat(tier(city, token)).isEqualTo("source");
    }

    private List<City> cached(List<City> some) {
        assertThat(some).isNotEmpty();
        some.forEach(city -> client.get(NAMESPACE, city.key()));
        assertThat(some)
                .allSatisfy(city ->
                        assertThat(client.get(NAMESPACE, city.key()).tier()).isEqualTo("l1"));
        return some;
    }

    private String tier(City city, String token) {
        return client.get(NAMESPACE, city.key(), "Freshet-After", token).tier();
    }

    private String invalidate(String json) {
        Answer answer = client.post("/invalidate", json);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
        return answer.headers().firstValue("Freshet-Token").orElseThrow();
    }
}
