package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int ROUNDS = 10_000;

    @Test
    void shouldTakeEachOfTenAsOftenAsAnyOther() {
        // given
        long seed = System.nanoTime();
        var reservoir = new Reservoir<Integer>(new SplittableRandom(seed));
        var taken = new int[10];

        // when
        for (int round = 0; round < ROUNDS; round++) {
            IntStream.range(0, taken.length).forEach(reservoir::offer);
            taken[reservoir.take().orElseThrow()]++;
        }

        // then: a thousand each, and six standard errors of 30.
        assertThat(taken)
                .as("seed %d", seed)
                .satisfies(counts ->
                        assertThat(IntStream.of(counts).boxed())
                                .allSatisfy(count -> assertThat(count).isBetween(820, 1_180)));
        assertThat(reservoir.take()).isEmpty();
    }
}
