package io.freshet.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {

    private static final int COUNTERS = 32;

    private final SpaceSaving counters = new SpaceSaving(COUNTERS);

    @Test
    void shouldCountExactlyWhileThereAreCountersForAll() {
        // given
        counters.add(key(1), true, 1);
        counters.add(key(2), false, 1);
        counters.add(key(1), true, 1);
        counters.add(key(1), false, 1);

        // when
        var top = counters.top(10);

        // then
        assertThat(top).containsExactly(new HotKey(key(1), 2, 1), new HotKey(key(2), 0, 1));
    }

    @Test
    void shouldTellNoMoreThanAskedFor() {
        // given
        for (int i = 0; i < COUNTERS; i++) {
            counters.add(key(i), true, i + 1);
        }

        // when
        var top = counters.top(2);

        // then
        assertThat(top)
                .containsExactly(
                        new HotKey(key(COUNTERS - 1), COUNTERS, 0),
                        new HotKey(key(COUNTERS - 2), COUNTERS - 1, 0));
    }

    @RepeatedTest(20)
    void shouldKeepItsBoundsOnASkewedStream() {
        // given
        long seed = System.nanoTime();
        var random = new Random(seed);
        Map<EntryKey, Long> truth = new HashMap<>();
        long total = 0;
        for (int i = 0; i < 20_000; i++) {
            var key = key((int) Math.exp(random.nextDouble() * Math.log(5_000)));
            int weight = 1 + random.nextInt(3);
            counters.add(key, random.nextBoolean(), weight);
            truth.merge(key, (long) weight, Long::sum);
            total += weight;
        }

        // when
        Map<EntryKey, Long> told =
                counters.top(COUNTERS).stream()
                        .collect(Collectors.toMap(HotKey::key, hot -> hot.hits() + hot.misses()));

        // then
        long bound = total / COUNTERS;
        truth.forEach((key, count) -> {
            if (count > bound) {
                assertThat(told).as("seed %d", seed).containsKey(key);
            }
        });
        told.forEach((key, count) -> {
            long real = truth.getOrDefault(key, 0L);
            assertThat(count).as("seed %d, key %s", seed, key).isBetween(real - bound, real);
        });
    }

    private static EntryKey key(int number) {
        return new EntryKey(Integer.toString(number));
    }
}
