package io.freshet.warmer.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.warmer.OneNamespace;
import io.freshet.warmer.ScriptedCache;
import io.freshet.warmer.job.LoadPacer;
import io.freshet.warmer.job.Loads;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.HotKeys;
import io.freshet.warmer.popularity.Popularity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F1: a hot key is loaded again as soon as it was invalidated. */
class HotReloadsTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");

    private final ScriptedCache cache = new ScriptedCache();
    private final LoadPacer pacer = new LoadPacer(1_000, 8);
    private final Ownership ownership = new Ownership(1, pacer);
    private final WarmerMetrics metrics = new WarmerMetrics(new SimpleMeterRegistry());
    private final Popularity popularity =
            new Popularity(100, 10, Duration.ofHours(1), InstantSource.fixed(NOW));
    private final HotReloads reloads =
            new HotReloads(
                    new OneNamespace(cities()),
                    ownership,
                    new HotKeys(popularity, InstantSource.fixed(NOW)),
                    new Loads(cache, pacer, metrics),
                    metrics,
                    2);
    private Thread thread;

    @BeforeEach
    void begin() {
        ownership.owns(List.of(0));
        popularity.add(
                0,
                0,
                new Traffic(
                        "node",
                        CITIES,
                        NOW,
                        Duration.ofSeconds(1),
                        0,
                        0,
                        0,
                        List.of(new HotKey(PARIS, 9, 0), new HotKey(LIMA, 1, 0))));
        thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                reloads.run();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void shouldLoadAHotKeyOnceItsInvalidationIsInForceHere() {
        reloads.reached(1, Stamp.of(1, 6));
        reloads.evicted(1, evicted(PARIS, 7));
        reloads.evicted(0, evicted(LIMA, 3));
        assertThat(cache.warmed()).isEmpty();

        reloads.reached(1, Stamp.of(1, 7));

        await().until(() -> cache.warmed().equals(List.of(PARIS)));
    }

    @Test
    void shouldLeaveToOthersWhatIsTheirs() {
        ownership.owns(List.of());
        reloads.reached(1, Stamp.of(1, 9));
        reloads.evicted(1, evicted(PARIS, 7));
        ownership.owns(List.of(0));

        reloads.evicted(1, evicted(PARIS, 8));

        await().until(() -> cache.warmed().equals(List.of(PARIS)));
    }

    private static Eviction evicted(EntryKey key, long position) {
        Stamp at = Stamp.of(1, position);
        return new Eviction.Keys(CITIES, List.of(key), Mode.HARD, at, at);
    }

    private static NamespaceConfig cities() {
        return NamespaceConfig.builder(CITIES)
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT * FROM cities WHERE id = :key",
                                Duration.ofSeconds(1),
                                List.of()))
                .warming(new Warming(10, null, 0, 1, 0, Map.of()))
                .build();
    }
}
