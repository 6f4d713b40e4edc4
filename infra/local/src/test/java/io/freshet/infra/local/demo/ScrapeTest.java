package io.freshet.infra.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapeTest {
    private static final String TEXT =
            """
            # HELP cache_hits_total Reads answered from memory or Redis
            # TYPE cache_hits_total counter
            cache_hits_total{namespace="cities",tier="l1"} 12.0
            cache_hits_total{namespace="cities",tier="l2"} 3.0
            cache_hits_total{namespace="sessions",tier="l1"} 100.0
            cache_hits_total_created 1.7E9
            up 1
            cache_latency_seconds_bucket{le="+Inf"} +Inf
            """;

    private final Scrape scrape = Scrape.of(TEXT);

    @Test
    void shouldSumTheSamplesThatHaveTheLabels() {
        assertThat(scrape.sum("cache_hits_total", Map.of("namespace", "cities"))).isEqualTo(15);
        assertThat(scrape.sum("cache_hits_total", Map.of("namespace", "cities", "tier", "l2")))
                .isEqualTo(3);
        assertThat(scrape.sum("cache_hits_total", Map.of())).isEqualTo(115);
        assertThat(scrape.sum("up", Map.of())).isEqualTo(1);
        assertThat(scrape.sum("absent", Map.of())).isZero();
    }

    @Test
    void shouldReadInfinity() {
        assertThat(scrape.sum("cache_latency_seconds_bucket", Map.of())).isInfinite();
    }

    @Test
    void shouldSayMedianAndWorst() {
        List<Duration> times =
                List.of(Duration.ofMillis(9), Duration.ofMillis(2), Duration.ofNanos(3_450_000));

        assertThat(Millis.summary(times)).isEqualTo("median 3.5 ms, worst 9.0 ms");
    }
}
