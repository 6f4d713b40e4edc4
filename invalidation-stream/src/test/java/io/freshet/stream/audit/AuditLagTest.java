package io.freshet.stream.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AuditLagTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AuditLag lag = new AuditLag(now::get);

    @Test
    void shouldKnowNoneWithoutAPartition() {
        assertThat(lag.seconds()).isNaN();
    }

    @Test
    void shouldGrowWhileNothingIsWrittenDown() {
        lag.has(Set.of(0));
        now.set(START.plusSeconds(7));
        lag.has(Set.of(0));

        assertThat(lag.seconds()).isEqualTo(7);
    }

    @Test
    void shouldBeThatOfThePartitionThatIsFurthestBehind() {
        lag.has(Set.of(0, 1));
        now.set(START.plusSeconds(60));
        lag.reached(0, START.plusSeconds(59));
        lag.reached(1, START.minusSeconds(40));

        assertThat(lag.seconds()).isEqualTo(100);
    }

    @Test
    void shouldForgetPartitionsThatAnotherInstanceHas() {
        lag.has(Set.of(0, 1));
        now.set(START.plusSeconds(60));
        lag.has(Set.of(1));
        lag.reached(1, START.plusSeconds(58));
        lag.reached(0, START);

        assertThat(lag.seconds()).isEqualTo(2);
    }
}
