package io.freshet.engine.namespace;

import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations for tests. */
final class Configs {

    private Configs() {}

    static NamespaceConfig plain(Namespace name) {
        return NamespaceConfig.builder(name).build();
    }

    static NamespaceConfig withSource(Namespace name) {
        return NamespaceConfig.builder(name)
                .defaultTtl(Duration.ofMinutes(5))
                .window(Duration.ofMillis(700), StalePolicy.SERVE_STALE)
                .ttlJitter(5)
                .bounds(new Bounds(1000, 1 << 20, EvictionPolicy.LFU, 4096))
                .refresh(
                        new Refresh(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                1.5,
                                80,
                                Duration.ZERO,
                                Duration.ofMillis(100)))
                .entryClass(
                        new EntryClass(
                                "hot",
                                new KeyPattern("hot_*"),
                                Duration.ofMinutes(1),
                                EvictionPolicy.NONE,
                                Refresh.DEFAULT))
                .putWithoutToken(true)
                .warming(
                        new Warming(
                                50,
                                new Cron("0 6 * * MON-FRI"),
                                20,
                                10,
                                5,
                                Map.of("capitals", "SELECT id FROM cities WHERE is_capital")))
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT id FROM cities WHERE id = CAST(:key AS bigint)",
                                Duration.ofMillis(1500),
                                List.of("all", "city:{id}")))
                .build();
    }
}
