package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.servers.SharedServers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** D4: what an invalidation would do. */
@ExtendWith(SharedService.class)
class ForecastIT {

    private final RunningService service;
    private final String name = SharedServers.freshName("forecast");

    ForecastIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void fill() {
        service.api.put("/api/v1/cache/namespaces/" + name, "{}");
        IntStream.range(0, 12)
                .forEach(i ->
                        service.api.put(
                                service.path(name, "k" + i),
                                "{\"value\": 1, \"tags\": [\"t%d\"]}".formatted(i % 3)));
    }

    @Test
    void shouldTellWhatWouldGoAndLeaveIt() {
        // when
        JsonNode all = forecast("\"all\": true");
        JsonNode tag = forecast("\"tag\": \"t0\"");
        JsonNode both = forecast("\"tag\": \"t0\", \"keys\": [\"k1\", \"k0\"]");
        JsonNode keys = forecast("\"keys\": [\"k1\", \"nobody\"]");
        JsonNode pattern =
                service.api.delete("/api/v1/cache/" + name + "?pattern=k1*&dry_run").json();

        // then
        assertThat(all.get("entries").asLong()).isEqualTo(12);
        assertThat(all.get("bytes").asLong()).isPositive();
        assertThat(tag.get("entries").asLong()).isEqualTo(4);
        assertThat(tag.get("exact").asBoolean()).isTrue();
        assertThat(both.get("entries").asLong()).isEqualTo(5);
        assertThat(keys.get("entries").asLong()).isEqualTo(1);
        assertThat(pattern.get("entries").asLong()).isEqualTo(3);
        IntStream.range(0, 12)
                .forEach(i ->
                        assertThat(service.api.get(service.path(name, "k" + i)).status())
                                .isEqualTo(200));
    }

    @Test
    void shouldTellWhatLoadingItAgainWouldTake() {
        // given
        service.api.get(service.path(service.products, "40"));
        service.api.get(service.path(service.products, "40"));

        // when
        JsonNode forecast =
                service.api
                        .post(
                                "/api/v1/cache/invalidate",
                                "{\"namespace\": \"%s\", \"key\": \"40\", \"dry_run\": true}"
                                        .formatted(service.products))
                        .json();

        // then
        assertThat(forecast.get("entries").asLong()).isEqualTo(1);
        assertThat(forecast.get("load_ms").asDouble()).isPositive();
    }

    private JsonNode forecast(String what) {
        return service.api
                .post(
                        "/api/v1/cache/invalidate",
                        "{\"namespace\": \"" + name + "\", \"dry_run\": true, " + what + "}")
                .json();
    }
}
