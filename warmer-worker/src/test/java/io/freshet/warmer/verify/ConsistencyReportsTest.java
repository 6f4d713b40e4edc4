package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.ConsistencyReport.Checks;
import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyReportsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Namespace CITIES = new Namespace("cities");
    private static final Namespace SHOPS = new Namespace("shops");
    private static final Duration EARLY = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Consistency consistency = new Consistency(() -> NOON);
    private final List<ConsistencyReport> told = new ArrayList<>();
    private final ConsistencyReports reports =
            new ConsistencyReports("w1", consistency, told::add, () -> NOON);

    @Test
    void shouldTellOfEachNamespaceAllThatWasFound() {
        consistency.found(SHOPS, EARLY, Finding.CONSISTENT);
        consistency.found(CITIES, LATE, Finding.CONSISTENT);
        consistency.found(CITIES, EARLY, Finding.CONSISTENT);
        consistency.found(CITIES, EARLY, Finding.VIOLATION);
        consistency.found(violation("first"));
        consistency.found(violation("latest"));

        reports.tell();

        assertThat(told)
                .containsExactly(
                        new ConsistencyReport(
                                "w1",
                                CITIES,
                                NOON,
                                List.of(
                                        new Checks(EARLY, new Score(2, 1)),
                                        new Checks(LATE, new Score(1, 0))),
                                new ConsistencyReport.Violation(
                                        NOON,
                                        new EntryKey("latest"),
                                        "http://node",
                                        EARLY,
                                        "event-lost")),
                        new ConsistencyReport(
                                "w1",
                                SHOPS,
                                NOON,
                                List.of(new Checks(EARLY, new Score(1, 0))),
                                null));
    }

    @Test
    void shouldSayNothingTwice() {
        consistency.found(SHOPS, EARLY, Finding.CONSISTENT);
        consistency.found(CITIES, EARLY, Finding.CONSISTENT);
        reports.tell();
        told.clear();
        consistency.found(CITIES, EARLY, Finding.CONSISTENT);

        reports.tell();

        assertThat(told).extracting(ConsistencyReport::namespace).containsExactly(CITIES);
    }

    private static Violation violation(String key) {
        return new Violation(
                NOON,
                URI.create("http://node"),
                new Spot(CITIES, new EntryKey(key)),
                Origin.CACHE,
                EARLY,
                Cause.EVENT_LOST);
    }
}
