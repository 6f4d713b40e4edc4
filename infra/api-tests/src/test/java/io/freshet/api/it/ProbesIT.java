package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.infra.servers.SharedServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** X6: who says that it only observes is answered like anybody, and not counted. */
@ExtendWith(SharedService.class)
class ProbesIT {

    private static final String PROBE = "Freshet-Probe";

    private final RunningService service;
    private final String name = SharedServers.freshName("probed");

    ProbesIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void store() {
        service.api.put("/api/v1/cache/namespaces/" + name, "{}");
        service.api.put(path("stored"), "{\"value\": 1}");
    }

    @Test
    void shouldCountNeitherHitsNorMissesOfProbes() {
        // when
        HttpAnswer found = service.api.get(path("stored"), PROBE, "true");
        HttpAnswer missed = service.api.get(path("missing"), PROBE, "true");
        HttpAnswer leased = service.api.get(path("missing?lease"), PROBE, "true");

        // then
        assertThat(found.json().get("value").asInt()).isEqualTo(1);
        assertThat(missed.status()).isEqualTo(404);
        assertThat(leased.status()).isEqualTo(404);
        assertThat(counted("hits")).isZero();
        assertThat(counted("misses")).isZero();
    }

    @Test
    void shouldTellNoProbeToLoad() {
        // when
        HttpAnswer probed = service.api.get(path("missing?lease"), PROBE, "true");
        HttpAnswer told = service.api.get(path("missing?lease"));

        // then
        assertThat(probed.header("Freshet-Lease")).isEmpty();
        assertThat(told.header("Freshet-Lease")).isNotEmpty();
    }

    @Test
    void shouldCountOtherReads() {
        // when
        service.api.get(path("stored"));
        service.api.get(path("missing"));

        // then
        assertThat(counted("hits")).isOne();
        assertThat(counted("misses")).isOne();
    }

    @Test
    void shouldCountReadsOfCallersWhoLoadByThemselves() {
        // when
        service.api.get(path("stored?lease"));
        service.api.get(path("missing?lease"));
        service.api.get(path("missing?lease"));

        // then
        assertThat(counted("hits")).isOne();
        assertThat(counted("misses")).isEqualTo(2);
    }

    @Test
    void shouldTakeProbesOfStructures() {
        // given
        service.api.post(path("jobs/list"), "{\"push_right\": [1]}");

        // when
        HttpAnswer probed = service.api.get(path("jobs/list"), PROBE, "true");

        // then
        assertThat(probed.json().get("length").asInt()).isEqualTo(1);
    }

    private int counted(String what) {
        JsonNode stats = service.api.get(path("stats")).json();
        return stats.get(what).asInt();
    }

    private String path(String last) {
        return service.path(name, last);
    }
}
