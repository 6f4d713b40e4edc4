package io.freshet.warmer.verify.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.position.Stamp;
import io.freshet.warmer.verify.Held;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExplainedTest {

    private static final String ANSWER =
            """
            {"verdict": "stale",
             "redis": {"judged": "stale", "stamp": "1:100", "created_at": "2026-03-01T12:00:00Z"},
             "memory": null,
             "bucket": {"begun": "1:120", "applied": "1:90", "barrier": "0:0"},
             "node": {"position": "3@1:200"},
             "invalidated": [
               {"namespace": "cities", "key": "1", "hard": "3@1:120"},
               {"namespace": "cities", "tag": "t", "soft": "3@1:130"}]}
            """;

    @Test
    void shouldReadWhatKilledTheEntry() {
        assertThat(Explained.of(new JsonMapper().readTree(ANSWER), false))
                .contains(
                        new Held(
                                Instant.parse("2026-03-01T12:00:00Z"),
                                Stamp.of(1, 100),
                                Stamp.of(1, 120),
                                Stamp.of(1, 90),
                                false,
                                false));
    }

    @Test
    void shouldKnowNothingOfATierThatHoldsNothing() {
        assertThat(Explained.of(new JsonMapper().readTree(ANSWER), true)).isEmpty();
    }
}
