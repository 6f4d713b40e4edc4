package io.freshet.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final Watermarks watermarks = new Watermarks(2, 1);

    @Test
    void shouldBeExceededBeforeTheFirstHeartbeat() {
        assertThat(at(NOON).isExceeded(reading("orders"), 0)).isTrue();
    }

    @Test
    void shouldHoldUntilTheWatermarkIsOlderThanTheWindow() {
        // given
        beat("orders", 0);

        // then
        assertThat(at(NOON.plus(TWO_SECONDS)).isExceeded(reading("orders"), 0)).isFalse();
        assertThat(at(NOON.plus(TWO_SECONDS).plusMillis(1)).isExceeded(reading("orders"), 0))
                .isTrue();
    }

    @Test
    void shouldGoByThePartitionOfTheKey() {
        // given
        beat("orders", 0);

        // then
        assertThat(at(NOON).isExceeded(reading("orders"), 1)).isTrue();
    }

    @Test
    void shouldGoByTheDatabaseOfTheNamespace() {
        // given
        beat("orders", 0);

        // then
        assertThat(at(NOON).isExceeded(reading("archive"), 0)).isTrue();
    }

    @Test
    void shouldGoByTheDatabaseOfTheNodeWithoutASource() {
        // given
        beat("primary", 0);

        // then
        assertThat(at(NOON).isExceeded(reading(null), 0)).isFalse();
        assertThat(at(NOON).isExceeded(reading(null), 1)).isTrue();
    }

    private Window at(Instant now) {
        return new Window(watermarks, "primary", () -> now);
    }

    private void beat(String database, int partition) {
        watermarks.heartbeat(partition, 0, new Event.Heartbeat(database, new Lsn(1), NOON));
    }

    private static NamespaceConfig reading(@Nullable String database) {
        return NamespaceConfig.builder(new Namespace("n"))
                .window(TWO_SECONDS, StalePolicy.BYPASS)
                .source(
                        database == null
                                ? null
                                : new SqlSourceConfig(
                                        database, "SELECT :key", Duration.ofSeconds(1), List.of()))
                .build();
    }
}
