package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.infra.servers.SharedServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys, bounds and counts over REST (A1, A5, C1, C2, I2). */
@ExtendWith(SharedService.class)
class KeysIT {

    private final RunningService service;
    private final String name = SharedServers.freshName("bounded");

    KeysIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldListKeysPageByPage() {
        // given
        declare("{}");
        IntStream.range(0, 25).forEach(this::put);

        // when
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            HttpAnswer page = service.api.get(path("keys?pattern=k1*&limit=4" + cursor));
            page.json().get("keys").forEach(key -> keys.add(key.asString()));
            var next = page.json().get("cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asString();
        } while (cursor != null);

        // then
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "k1", "k10", "k11", "k12", "k13", "k14", "k15", "k16", "k17", "k18", "k19");
    }

    @Test
    void shouldKeepWithinItsBoundsAndCountWhatWent() {
        // given
        declare("{\"max_entries\": 10}");

        // when
        IntStream.range(0, 15).forEach(this::put);

        // then
        var stats = service.api.get(path("stats")).json();
        assertThat(stats.get("total_keys").asLong()).isEqualTo(10);
        assertThat(stats.get("evictions").get("size").asLong()).isEqualTo(5);
        assertThat(service.api.get(path("keys")).json().get("keys").size()).isEqualTo(10);
    }

    @Test
    void shouldTellWhatIsKnownOfAnEntry() {
        // given
        declare("{}");
        service.api.put(path("k"), "{\"value\": 1, \"ttl\": 60, \"tags\": [\"t\"]}");

        // when
        var metadata = service.api.get(path("k?metadata")).json();

        // then
        assertThat(metadata.get("ttl_remaining").asLong()).isBetween(55L, 60L);
        assertThat(metadata.get("tags").get(0).asString()).isEqualTo("t");
        assertThat(metadata.get("size").asLong()).isPositive();
        assertThat(metadata.has("access_count")).isTrue();
        assertThat(metadata.has("last_access")).isTrue();
    }

    private void declare(String config) {
        service.api.put("/api/v1/cache/namespaces/" + name, config);
    }

    private void put(int i) {
        service.api.put(path("k" + i), "{\"value\": 1}");
    }

    private String path(String last) {
        return service.path(name, last);
    }
}
