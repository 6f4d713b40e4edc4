package io.freshet.infra.bench.latency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private static final long MILLI = 1_000_000;

    private final Flights flights = new Flights(3);

    @Test
    void shouldTellTheTimeFromAcknowledgementToAStage() {
        // given
        flights.takeOff(0, "a");
        flights.acknowledged(0, 10 * MILLI);
        flights.passes(Stage.LOG, "a", 14 * MILLI);

        // when
        Histogram seen = requireNonNull(flights.latencies(Stage.LOG, 0, 3));

        // then
        assertThat(seen.getTotalCount()).isEqualTo(1);
        assertThat(seen.getMaxValue()).isBetween(4_000L, 4_003L);
    }

    @Test
    void shouldCountTheFirstArrivalOnly() {
        // given
        flights.takeOff(0, "a");
        flights.acknowledged(0, 0);
        flights.passes(Stage.LOG, "a", MILLI);

        // when
        flights.passes(Stage.LOG, "a", 9 * MILLI);

        // then
        assertThat(requireNonNull(flights.latencies(Stage.LOG, 0, 3)).getMaxValue())
                .isBetween(1_000L, 1_001L);
    }

    @Test
    void shouldCountWhatComesBeforeTheAcknowledgementAsZero() {
        // given
        flights.takeOff(0, "a");
        flights.passes(Stage.BARE, "a", 4 * MILLI);

        // when
        flights.acknowledged(0, 5 * MILLI);

        // then
        assertThat(requireNonNull(flights.latencies(Stage.BARE, 0, 3)).getMaxValue()).isZero();
    }

    @Test
    void shouldMissWhatWasAcknowledgedAndNeverCame() {
        // given
        flights.takeOff(0, "a");
        flights.acknowledged(0, 0);
        flights.takeOff(1, "b");

        // when
        long missing = flights.missing(Stage.ENFORCED, 0, 3);

        // then
        assertThat(missing).isEqualTo(1);
        assertThat(flights.latencies(Stage.ENFORCED, 0, 3)).isNull();
    }
}
