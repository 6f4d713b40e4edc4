package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** F1: a warm job that is asked for over REST loads entries before they are read. */
class WarmIT {

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @Test
    void shouldLoadWhatAJobNames() throws Exception {
        List<City> some;
        try (var cities = new Cities(system)) {
            some = cities.take(50);
        }
        String keys =
                some.stream().map(city -> '"' + city.key() + '"').collect(Collectors.joining(","));

        Answer accepted = client.post("/cities/warm", "{\"keys\":[" + keys + "]}");

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String job = accepted.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(progress(job).json().path("state").asString())
                                .isEqualTo("done"));
        assertThat(progress(job).json().path("loaded").asInt()).isEqualTo(50);
        assertThat(some)
                .allSatisfy(city ->
                        assertThat(client.getFromRedis(NAMESPACE, city.key()).tier())
                                .isEqualTo("l2"));
    }

    @Test
    void shouldRefuseToWarmWhatHasNoSource() {
        Answer answer = client.post("/sessions/warm", "{\"keys\":[\"a\"]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("illegal-value");
    }

    private Answer progress(String location) {
        return client.read(location.substring(location.indexOf("/api/v1/cache") + 13));
    }
}
