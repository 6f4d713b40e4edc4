package io.freshet.warmer.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.contracts.id.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayedCountsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    private final EntryKey paris = new EntryKey("paris");
    private final EntryKey lima = new EntryKey("lima");

    @Test
    void shouldHalveWithEveryHalfLife() {
        var counts = new DecayedCounts(10, HALF_LIFE, START);

        counts.add(paris, 80, START);

        assertThat(counts.estimate(paris, START)).isEqualTo(80);
        assertThat(counts.estimate(paris, START.plus(HALF_LIFE))).isEqualTo(40);
        assertThat(counts.estimate(paris, START.plus(HALF_LIFE.multipliedBy(3)))).isEqualTo(10);
    }

    @Test
    void shouldPreferRecentRequestsToOldOnes() {
        var counts = new DecayedCounts(10, HALF_LIFE, START);
        counts.add(paris, 100, START);

        counts.add(lima, 30, START.plus(HALF_LIFE.multipliedBy(2)));

        assertThat(counts.top(2)).containsExactly(lima, paris);
    }

    @Test
    void shouldNotDependOnTheOrderOfArrival() {
        var counts = new DecayedCounts(10, HALF_LIFE, START);
        counts.add(lima, 30, START.plus(HALF_LIFE.multipliedBy(2)));

        counts.add(paris, 100, START);

        assertThat(counts.estimate(paris, START.plus(HALF_LIFE.multipliedBy(2)))).isEqualTo(25);
        assertThat(counts.top(1)).containsExactly(lima);
    }

    @Test
    void shouldSurviveYears() {
        var counts = new DecayedCounts(10, HALF_LIFE, START);
        Instant years = START.plus(Duration.ofDays(3650));
        for (int day = 0; day < 3650; day++) {
            counts.add(paris, 1_000_000, START.plus(Duration.ofDays(day)));
        }

        counts.add(lima, 8, years);

        assertThat(counts.estimate(lima, years)).isCloseTo(8, within(1e-9));
        assertThat(counts.top(1)).containsExactly(lima).doesNotContain(paris);
    }

    @Test
    void shouldKeepItsErrorBoundInBoundedMemory() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        int capacity = 200;
        var counts = new DecayedCounts(capacity, HALF_LIFE, START);
        Map<EntryKey, Double> truth = new HashMap<>();
        List<EntryKey> requests = new ArrayList<>();
        for (int rank = 1; rank <= 5_000; rank++) {
            requests.addAll(Collections.nCopies(20_000 / rank, new EntryKey("key-" + rank)));
        }
        Collections.shuffle(requests, random);
        Instant end = START.plus(HALF_LIFE.multipliedBy(4));
        long step = Duration.between(START, end).toMillis() / requests.size();

        for (int i = 0; i < requests.size(); i++) {
            Instant at = START.plusMillis(i * step);
            counts.add(requests.get(i), 1, at);
            truth.merge(
                    requests.get(i),
                    Math.pow(0.5, Duration.between(at, end).toMillis() / 3_600_000.0),
                    Double::sum);
        }

        double bound =
                2 * truth.values().stream().mapToDouble(Double::doubleValue).sum() / capacity;
        assertThat(counts.size()).isLessThanOrEqualTo(capacity);
        truth.forEach((key, weight) ->
                assertThat(counts.estimate(key, end))
                        .as("%s, seed %d", key, seed)
                        .isBetween(weight - bound - 1e-6, weight + 1e-6));
        assertThat(counts.top(3))
                .as("seed %d", seed)
                .containsExactly(
                        new EntryKey("key-1"), new EntryKey("key-2"), new EntryKey("key-3"));
    }
}
