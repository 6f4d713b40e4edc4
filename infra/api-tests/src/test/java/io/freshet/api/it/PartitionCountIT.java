package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is configured for another number of partitions than the topics have. */
class PartitionCountIT {

    @Test
    void shouldRefuseAndNameTheMend(@TempDir Path directory) throws Exception {
        // given
        var eight = Map.of("freshet.topics.log-partitions", "8");
        // when
        try (var service = new RunningService(directory, eight)) {
            // then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(service.management.get("/actuator/health").text())
                                    .contains("has 4 partitions but 8 are configured")
                                    .contains("a higher freshet.topics.epoch"));
            assertThat(service.management.get("/actuator/health/readiness").status())
                    .isEqualTo(503);
        }
    }
}
