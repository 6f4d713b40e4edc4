package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final History history = new History();

    @Test
    void shouldAcceptTheNewestVersion() {
        history.wrote("a", 1, ms(0));
        history.wrote("a", 2, ms(50));

        history.read("a", 2, ms(500), "l1");

        assertThat(history.violations(WINDOW)).isEmpty();
    }

    @Test
    void shouldAcceptAnOlderVersionInsideTheWindow() {
        history.wrote("a", 1, ms(0));
        history.wrote("a", 2, ms(50));

        history.read("a", 1, ms(149), "l1");

        assertThat(history.violations(WINDOW)).isEmpty();
    }

    @Test
    void shouldReportAnOlderVersionPastTheWindow() {
        history.wrote("a", 1, ms(0));
        history.wrote("a", 2, ms(50));

        history.read("a", 1, ms(150), "l1");

        assertThat(history.violations(WINDOW))
                .containsExactly(
                        "l1 answered version 1 of a, 100 ms after version 2 was committed");
    }

    @Test
    void shouldKeepKeysApart() {
        history.wrote("a", 7, ms(0));

        history.read("b", 1, ms(500), "l2");

        assertThat(history.violations(WINDOW)).isEmpty();
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
