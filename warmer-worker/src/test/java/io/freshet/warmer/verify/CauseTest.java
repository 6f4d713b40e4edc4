package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.warmer.verify.Cause.Facts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "still passed loaded                  | RULE_MISSING",
                "still passed loaded inbox            | EVENT_LOST",
                "still loaded inbox                   | IN_FLIGHT",
                "passed loaded                        | IN_FLIGHT",
                "still passed loaded elsewhere        | IN_FLIGHT",
                "passed loaded killed applied         | IN_FLIGHT",
                "still passed loaded killed applied   | FILL",
                "still passed loaded killed           | EVICTION",
                "still passed loaded filled           | FILL",
                "still passed                         | NOT_LOADED",
                "still passed filled                  | NOT_LOADED"
            })
    void shouldNameWhatWentWrong(String facts, Cause cause) {
        assertThat(
                        Cause.of(
                                new Facts(
                                        facts.contains("still"),
                                        facts.contains("killed"),
                                        facts.contains("applied"),
                                        facts.contains("elsewhere"),
                                        facts.contains("passed"),
                                        facts.contains("inbox"),
                                        facts.contains("filled"),
                                        facts.contains("loaded"))))
                .isEqualTo(cause);
    }
}
