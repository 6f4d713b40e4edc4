package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D5: what was invalidated is written down once, with what became of it. */
class AuditTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path stateDir;

    @Test
    void shouldWriteDownOnceWhatWasInvalidatedAndWhatWent() throws Exception {
        // given
        var namespace = new Namespace(SharedServers.freshName("audited"));
        try (var installation = new Installation(SharedServers.redis().uri(), stateDir)) {
            installation.migrate();
            installation.declare(namespace);
            try (var _ = installation.start()) {
                await().atMost(PATIENCE).until(() -> installation.takesFills(namespace));
                installation.invalidateTag(namespace, "before");
                for (int i = 0; i < 10; i++) {
                    installation.fill(
                            namespace, new EntryKey("k" + i), Stamp.of(1, 1), "t" + i % 2);
                }

                // when
                installation.invalidateTag(namespace, "t0");
                installation.invalidateKey(namespace, new EntryKey("k1"));

                // then
                await().atMost(PATIENCE).until(() -> installation.evicted(namespace, "t0") == 5L);
                await().atMost(PATIENCE).until(() -> installation.evicted(namespace, "k1") == 1L);
                assertThat(installation.audited(namespace)).isEqualTo(3);
            }
            installation.invalidateKey(namespace, new EntryKey("later"));
            try (var _ = installation.start()) {
                await().atMost(PATIENCE).until(() -> installation.audited(namespace) == 4);
            }
        }
    }

    @Test
    void shouldEvictAllTheSameWhileNothingCanBeWrittenDown() throws Exception {
        // given
        var namespace = new Namespace(SharedServers.freshName("audited"));
        var key = new EntryKey("k");
        try (var installation = new Installation(SharedServers.redis().uri(), stateDir)) {
            installation.migrate();
            installation.declare(namespace);
            try (var _ = installation.start()) {
                await().atMost(PATIENCE).until(() -> installation.takesFills(namespace));
                installation.invalidateTag(namespace, "before");
                await().atMost(PATIENCE).until(() -> installation.audited(namespace) == 1);
                installation.fill(namespace, key, Stamp.of(1, 1), "t");

                // when
                try (var _ = installation.holdAuditUp()) {
                    installation.invalidateTag(namespace, "t");
                    await().atMost(PATIENCE).until(() -> !installation.holds(namespace, key));
                    assertThat(installation.audited(namespace)).isEqualTo(1);
                }

                // then
                await().atMost(PATIENCE).until(() -> installation.audited(namespace) == 2);
                await().atMost(PATIENCE).until(() -> installation.evicted(namespace, "t") == 1L);
            }
        }
    }
}
