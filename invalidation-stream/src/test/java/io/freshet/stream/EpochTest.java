package io.freshet.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * X8: another arrangement of the log. What was stamped by the former one is never trusted again.
 */
class EpochTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EntryKey ROME = new EntryKey("rome");

    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));
    private final Installation installation;

    EpochTest(@TempDir Path directory) {
        installation = new Installation(SharedServers.redis().uri(), directory.resolve("state"));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    private boolean distrustsRome() {
        var rome = installation.read(cities, ROME);
        return requireNonNull(rome.marker())
                .distrusts(requireNonNull(rome.entry()).header().stamp());
    }

    @Test
    void shouldDistrustWhatAFormerEpochStamped() throws Exception {
        // given
        installation.runOnceAndLeave(cities, ROME);
        assertThat(distrustsRome()).isFalse();
        installation.takeNewTopics(2);
        // when
        try (var _ = installation.start()) {
            installation.heartbeat();
            // then
            await().atMost(PATIENCE).until(this::distrustsRome);
        }
    }

    @Test
    void shouldRefuseNewTopicsInTheSameEpoch() throws Exception {
        // given
        installation.runOnceAndLeave(cities, ROME);
        installation.takeNewTopics(1);
        // when
        try (var service = installation.start()) {
            // then
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Installation.get(service, "health").body())
                                    .contains("begin a new epoch (freshet.topics.epoch)"));
            assertThat(Installation.get(service, "health/readiness").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void shouldRaiseABarrierWhenATopicGotMorePartitionsWhileItRuns() throws Exception {
        // given
        installation.migrate();
        installation.declare(cities);
        try (var service = installation.start()) {
            await().atMost(PATIENCE).until(() -> installation.takesFills(cities));
            installation.heartbeat();
            installation.fill(cities, ROME, Stamp.of(1, 1));
            // when
            installation.grow(installation.topics().invalidations());
            // then
            await().atMost(PATIENCE).until(() -> !installation.holds(cities, ROME));
            assertThat(Installation.get(service, "health").body()).contains("\"partitions\":\"2");
            assertThat(Installation.get(service, "prometheus").body())
                    .contains("freshet_topics_repartitioned_total");
            // and what comes by a partition that nobody was configured for is not lost
            installation.produce(
                    3,
                    "{\"schema\":1,\"type\":\"namespace\",\"namespace\":\"%s\"}".formatted(cities));
            await().atMost(PATIENCE)
                    .until(() ->
                            installation.values(installation.topics().log()).stream()
                                    .anyMatch(record -> record.via().partition() == 3));
        }
    }

    @Test
    void shouldRefuseATopicThatGotMorePartitions() throws Exception {
        // given
        installation.runOnceAndLeave(cities, ROME);
        installation.grow(installation.topics().log());
        // when
        try (var service = installation.start()) {
            // then
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Installation.get(service, "health").body())
                                    .contains("has 4 partitions but 2 are configured")
                                    .contains("a higher freshet.topics.epoch"));
        }
    }
}
