package io.freshet.warmer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.verify.Cause;
import io.freshet.warmer.verify.Consistency;
import io.freshet.warmer.verify.Finding;
import io.freshet.warmer.verify.Origin;
import io.freshet.warmer.verify.Spot;
import io.freshet.warmer.verify.Violation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** X6: the consistency as metrics. */
class VerifierMetricsTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Duration EARLY = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VerifierMetrics metrics =
            new VerifierMetrics(registry, new Consistency(() -> NOON));

    @Test
    void shouldTellConsistencyAsNines() {
        // when
        IntStream.range(0, 99).forEach(_ -> metrics.found(CITIES, EARLY, Finding.CONSISTENT));

        // then
        assertThat(registry.get("cache.consistency.nines").gauge().value())
                .isCloseTo(2, within(1e-9));
        assertThat(
                        registry.get("cache.consistency.checks")
                                .tag("outcome", "consistent")
                                .counter()
                                .count())
                .isEqualTo(99);
    }

    @Test
    void shouldShowEveryOutcomeAndCauseBeforeItHappens() {
        // when
        metrics.found(CITIES, EARLY, Finding.CONSISTENT);

        // then
        assertThat(registry.find("cache.consistency.checks").counters())
                .hasSize(Finding.values().length);
        assertThat(registry.find("cache.consistency.violations").counters())
                .hasSize(Cause.values().length);
    }

    /** No label is a key, a node or anything else that there is no end of. */
    @Test
    void shouldHaveNoMoreMetersForMoreKeysAndNodes() {
        // given
        metrics.found(CITIES, EARLY, Finding.VIOLATION);
        int meters = registry.getMeters().size();

        // when
        for (int i = 0; i < 100; i++) {
            metrics.found(CITIES, EARLY, Finding.VIOLATION);
            metrics.found(violation(i));
        }

        // then
        assertThat(registry.getMeters()).hasSize(meters);
        assertThat(labels()).containsExactlyInAnyOrder("namespace", "after", "outcome", "cause");
    }

    private Set<String> labels() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getKey)
                .collect(Collectors.toSet());
    }

    private static Violation violation(int number) {
        return new Violation(
                NOON,
                URI.create("http://node-" + number),
                new Spot(CITIES, new EntryKey("key-" + number)),
                Origin.CACHE,
                EARLY,
                Cause.FILL);
    }
}
