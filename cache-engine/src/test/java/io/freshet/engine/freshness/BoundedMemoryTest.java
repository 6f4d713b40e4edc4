package io.freshet.engine.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.Stamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMemoryTest {

    @Test
    void shouldKeepHardAndSoftApart() {
        // given
        var memory = new BoundedMemory(8, Stamp.ZERO);
        memory.record(7, at(1), Mode.HARD);

        // when
        memory.record(7, at(2), Mode.SOFT);

        // then
        assertThat(memory.view().find(7))
                .isEqualTo(new Invalidated(at(1).packed(), at(2).packed()));
    }

    @Test
    void shouldFindNothingOfWhatWasNeverInvalidated() {
        assertThat(new BoundedMemory(8, at(3)).view().find(7)).isEqualTo(Invalidated.NEVER);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 100})
    void shouldRememberEverythingAboveItsFloor(int capacity) {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var memory = new BoundedMemory(capacity, Stamp.ZERO);
        Map<Long, Stamp> truth = new HashMap<>();

        // when
        for (int position = 1; position <= 2_000; position++) {
            long hash = 1L + random.nextInt(4 * capacity);
            memory.record(hash, at(position), Mode.HARD);
            truth.put(hash, at(position));
        }

        // then
        BoundedMemory.View view = memory.view();
        truth.forEach((hash, last) -> {
            if (view.floor().isKilledBy(last)) {
                assertThat(view.find(hash).hard())
                        .as("hash %d, seed %d", hash, seed)
                        .isEqualTo(last.packed());
            }
        });
    }

    @Test
    void shouldRaiseItsFloorToWhatItDroppedWhateverTheOrder() {
        // given
        var memory = new BoundedMemory(4, Stamp.ZERO);

        // when
        for (int position = 1_000; position > 0; position--) {
            memory.record(position, at(position), Mode.HARD);
        }

        // then
        assertThat(memory.view().floor()).isGreaterThanOrEqualTo(at(1_000 - 8));
    }

    @Test
    void shouldForgetUpToAFloorThatNeverSinks() {
        // given
        var memory = new BoundedMemory(8, at(5));
        memory.record(7, at(6), Mode.HARD);

        // when
        memory.forget(at(3));

        // then
        assertThat(memory.view().floor()).isEqualTo(at(5));
        assertThat(memory.view().find(7)).isEqualTo(Invalidated.NEVER);
    }

    private static Stamp at(long position) {
        return Stamp.of(1, position);
    }
}
