package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.topic.TopicSender;
import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.event.ConsistencyReport.Violation;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** X6: what verifiers of workers found, at every node. */
@ExtendWith(SharedService.class)
class ConsistencyIT {

    private static final Duration EARLY = Duration.ofSeconds(1);

    private final RunningService service;

    ConsistencyIT(RunningService service) {
        this.service = service;
    }

    @Test
    void shouldTellHowOftenAnswersWereRightAndWhyNot() {
        // given
        Instant now = Instant.now();
        var report =
                new ConsistencyReport(
                        "a-worker",
                        new Namespace(service.products),
                        now,
                        List.of(new Checks(EARLY, new Score(999, 9))),
                        new Violation(
                                now, new EntryKey("7"), "http://node", EARLY, "rule-missing"));

        // when
        try (var worker = new TopicSender(service.kafka.bootstrapServers(), "a-worker")) {
            worker.send(service.kafka.topics().consistency(), report.recordKey(), report);
        }

        // then
        await().until(() -> ofProducts().get("judged").asInt() == 999);
        JsonNode told = ofProducts();
        assertThat(told.get("wrong").asInt()).isEqualTo(9);
        assertThat(told.get("nines").asDouble()).isEqualTo(2.0);
        assertThat(told.at("/checks/0/after").asString()).isEqualTo("1s");
        assertThat(told.at("/last_violation/key").asString()).isEqualTo("7");
        assertThat(told.at("/last_violation/cause").asString()).isEqualTo("rule-missing");
    }

    @Test
    void shouldClaimNothingOfWhatNobodyVerified() {
        JsonNode sessions = of(service.sessions);

        assertThat(sessions.get("nines").isNull()).isTrue();
        assertThat(sessions.get("judged").asInt()).isZero();
        assertThat(sessions.has("last_violation")).isFalse();
    }

    private JsonNode ofProducts() {
        return of(service.products);
    }

    private JsonNode of(String namespace) {
        return service.api
                .get("/api/v1/cache/consistency")
                .json()
                .get("namespaces")
                .valueStream()
                .filter(told -> told.get("namespace").asString().equals(namespace))
                .findFirst()
                .orElseThrow();
    }
}
