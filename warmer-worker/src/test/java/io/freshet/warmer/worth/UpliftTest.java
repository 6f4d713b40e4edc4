package io.freshet.warmer.worth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.warmer.OneNamespace;
import io.freshet.warmer.metrics.WorthMetrics;
import io.freshet.warmer.popularity.HotKeys;
import io.freshet.warmer.popularity.Popularity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** F6: a share of the keys is not warmed, and what warming is worth is measured by it. */
class UpliftTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int KEYS = 1_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final HoldOut holdOut = HoldOut.of(cities());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorthMetrics metrics = new WorthMetrics(registry);
    private final Popularity popularity =
            new Popularity(10_000, 1, Duration.ofHours(1), InstantSource.fixed(NOW));
    private final Uplift uplift =
            new Uplift(
                    new OneNamespace(cities()),
                    new HotKeys(popularity, InstantSource.fixed(NOW)),
                    metrics,
                    now::get);

    @Test
    void shouldHoldOutAboutItsShareAndAlwaysTheSame() {
        long held = keys().filter(holdOut::holds).count();

        assertThat(held).isBetween(60L, 140L);
        assertThat(keys().filter(HoldOut.of(cities())::holds).count()).isEqualTo(held);
    }

    @Test
    void shouldMeasureTheDifferenceThatWarmingMakes() {
        metrics.show(uplift);
        popularity.add(0, 0, traffic(NOW, _ -> true));

        uplift.add(traffic(NOW, key -> !holdOut.holds(key)));
        uplift.add(traffic(NOW, _ -> true));

        assertThat(uplift.of(CITIES).orElseThrow().warmed()).isCloseTo(1.0, within(1e-9));
        assertThat(uplift.of(CITIES).orElseThrow().heldOut()).isCloseTo(0.5, within(1e-9));
        assertThat(registry.get("freshet.warm.uplift").gauge().value())
                .isCloseTo(0.5, within(1e-9));
        assertThat(
                        registry.get("freshet.warm.compared.misses")
                                .tag("group", "held-out")
                                .counter()
                                .count())
                .isEqualTo((double) keys().filter(holdOut::holds).count());
    }

    @Test
    void shouldCompareOnlyKeysThatAreWorthWarming() {
        popularity.add(0, 0, traffic(NOW, key -> key.value().endsWith("7")));

        uplift.add(
                new Traffic(
                        "node",
                        CITIES,
                        NOW,
                        Duration.ofSeconds(1),
                        0,
                        0,
                        0,
                        List.of(new HotKey(new EntryKey("never heard of"), 1_000, 0))));

        assertThat(uplift.of(CITIES)).isEmpty();
    }

    @Test
    void shouldForgetWhatWasLongAgo() {
        popularity.add(0, 0, traffic(NOW, _ -> true));
        uplift.add(traffic(NOW, _ -> false));
        now.set(NOW.plus(Duration.ofHours(3)));

        uplift.add(traffic(now.get(), _ -> true));

        assertThat(uplift.of(CITIES).orElseThrow().warmed()).isGreaterThan(0.99);
    }

    @Test
    void shouldNotLetANodeWhoseClockIsFastEndTheDecayOfTheOthers() {
        popularity.add(0, 0, traffic(NOW, _ -> true));
        uplift.add(traffic(NOW.plus(Duration.ofDays(1)), _ -> false));
        now.set(NOW.plus(Duration.ofHours(3)));

        uplift.add(traffic(now.get(), _ -> true));

        assertThat(uplift.of(CITIES).orElseThrow().warmed()).isGreaterThan(0.99);
    }

    private static Stream<EntryKey> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> new EntryKey("key-" + i));
    }

    private static Traffic traffic(Instant at, Predicate<EntryKey> isHit) {
        return new Traffic(
                "node",
                CITIES,
                at,
                Duration.ofSeconds(1),
                0,
                0,
                0,
                keys().map(key -> isHit.test(key) ? new HotKey(key, 1, 0) : new HotKey(key, 0, 1))
                        .toList());
    }

    private static NamespaceConfig cities() {
        return NamespaceConfig.builder(CITIES)
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT * FROM cities WHERE id = :key",
                                Duration.ofSeconds(1),
                                List.of()))
                .warming(new Warming(KEYS, null, 0, 0, 10, Map.of()))
                .build();
    }
}
