package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final int CAPACITY = 1_000;

    private final Trial trial = new Trial();

    @Test
    void shouldBeginWithTheMiddleOne() {
        assertThat(trial.best()).isEqualTo(HalfLife.MIDDLE);
    }

    @Test
    void shouldTakeTheLongOneForALoopOverMoreThanFits() {
        // when
        loop(CAPACITY * 5 / 4);

        // then
        assertThat(trial.best()).isEqualTo(HalfLife.LONG);
    }

    @Test
    void shouldTakeTheShortOneWhereFavouritesChange() {
        // when
        useWhatIsNew();

        // then
        assertThat(trial.best()).isEqualTo(HalfLife.SHORT);
    }

    @Test
    void shouldTakeAnotherOneForAnotherLoad() {
        // given
        loop(CAPACITY * 5 / 4);

        // when
        useWhatIsNew();

        // then
        assertThat(trial.best()).isEqualTo(HalfLife.SHORT);
    }

    @Test
    void shouldHaveNothingToChooseWhereNothingGoes() {
        // when
        loop(CAPACITY / 2);

        // then
        assertThat(trial.best()).isEqualTo(HalfLife.MIDDLE);
    }

    private void loop(int keys) {
        for (int i = 0; i < 30 * CAPACITY; i++) {
            use(i % keys);
        }
    }

    /** Each key for some time after it came up, and then never again. */
    private void useWhatIsNew() {
        var random = new Random(1);
        for (int i = 0; i < 30 * CAPACITY; i++) {
            use(i - (int) Math.abs(random.nextGaussian() * CAPACITY));
        }
    }

    private void use(int key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        trial.access(hash ^ hash >>> 32, 1, CAPACITY);
    }
}
