package io.freshet.infra.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void shouldDoubleUpToHalfAMinute() {
        assertThat(Stream.iterate(Backoff.NONE, Backoff::failed).limit(9))
                .extracting(backoff -> backoff.delay().toSeconds())
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void shouldNotOverflowAfterADayOfFailures() {
        assertThat(new Backoff(3000).delay()).hasSeconds(30);
    }
}
