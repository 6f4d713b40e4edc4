package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often records are asked for. */
class PaceTest {

    private static final long LEAST = 2_000_000;

    private final List<Long> parked = new ArrayList<>();
    private long now = Long.MAX_VALUE - LEAST / 2;
    private final Pace pace =
            new Pace(
                    Duration.ofNanos(LEAST),
                    () -> now,
                    nanos -> {
                        parked.add(nanos);
                        now += nanos;
                    });

    @Test
    void shouldWaitUntilTheMomentIsOver() {
        // given
        poll(500_000, true);

        // when
        poll(0, true);

        // then
        assertThat(parked).containsExactly(1_500_000L);
    }

    @Test
    void shouldWaitAgainFromWhereItBegan() {
        // given
        poll(500_000, true);
        poll(100_000, true);

        // when
        poll(0, true);

        // then
        assertThat(parked).containsExactly(1_500_000L, 1_900_000L);
    }

    @Test
    void shouldAskAtOnceAfterAPollThatBroughtNothing() {
        // given
        poll(100, false);

        // when
        poll(0, true);

        // then
        assertThat(parked).isEmpty();
    }

    @Test
    void shouldAskAtOnceWhenThePollTookLonger() {
        // given
        poll(LEAST + 1, true);

        // when
        poll(0, true);

        // then
        assertThat(parked).isEmpty();
    }

    private void poll(long takes, boolean some) {
        pace.await();
        now += takes;
        pace.polled(some);
    }
}
