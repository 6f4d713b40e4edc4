package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyRefreshTest {

    private static final int READS = 200_000;

    private final long seed = System.nanoTime();
    private final EarlyRefresh early = new EarlyRefresh(new SplittableRandom(seed));

    /** {@code exp(-left / (cost * beta))} of those who read. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 1, 0.3679",
        "200, 100, 1, 0.1353",
        "200, 100, 2, 0.3679",
        "10, 100, 1, 0.9048",
        "500, 100, 1, 0.0067"
    })
    void shouldBeDueAsOftenAsXFetchSays(long left, long cost, double beta, double expected) {
        // when
        long due =
                IntStream.range(0, READS)
                        .filter(_ ->
                                early.isDue(Duration.ofMillis(left), Duration.ofMillis(cost), beta))
                        .count();
        // then
        assertThat((double) due / READS).as("seed %d", seed).isCloseTo(expected, within(0.01));
    }

    @Test
    void shouldNeverBeDueWithoutABetaOrACost() {
        assertThat(early.isDue(Duration.ofNanos(1), Duration.ofDays(1), 0)).isFalse();
        assertThat(early.isDue(Duration.ofNanos(1), Duration.ZERO, 1)).isFalse();
    }

    @Test
    void shouldBeDueAtTheExpiry() {
        assertThat(early.isDue(Duration.ZERO, Duration.ofMillis(1), 1)).isTrue();
    }
}
