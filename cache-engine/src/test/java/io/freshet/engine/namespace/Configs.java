package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import java.util.List;

/** Configurations for tests. */
final class Configs {

    private Configs() {}

    static NamespaceConfig plain(Namespace name) {
        return new NamespaceConfig(
                name,
                NamespaceConfig.DEFAULT_TTL,
                NamespaceConfig.DEFAULT_MAX_STALENESS,
                NamespaceConfig.DEFAULT_ON_STALE,
                NamespaceConfig.DEFAULT_MAX_VALUE_BYTES,
                false,
                null);
    }

    static NamespaceConfig withSource(Namespace name) {
        return new NamespaceConfig(
                name,
                Duration.ofMinutes(5),
                Duration.ofMillis(700),
                StalePolicy.SERVE_STALE,
                4096,
                true,
                new SourceConfig(
                        "primary",
                        "SELECT id FROM cities WHERE id = CAST(:key AS bigint)",
                        Duration.ofMillis(1500),
                        List.of("all", "city:{id}")));
    }
}
