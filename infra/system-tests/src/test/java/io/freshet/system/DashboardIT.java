package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** J2: every panel of every dashboard shows something on a running system. */
class DashboardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Names of ours, and of the JVM's: those with an underscore before anything but a bracket. */
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:cache|freshet|jvm|process)_[a-z0-9_]+)\\b");

    private static final Pattern SAMPLE = Pattern.compile("^([a-z0-9_]+)(?:\\{| )");

    /** What is counted only once it has happened, which it does not here. */
    private static final Set<String> SELDOM =
            Set.of(
                    "freshet_standby_reads_total",
                    "freshet_dead_letters_total",
                    "freshet_warmer_malformed_records_total",
                    "freshet_stream_thread_failures_total",
                    "freshet_writes_applied_total",
                    "freshet_writes_retries_total",
                    "freshet_redis_errors_total",
                    "freshet_warm_reloads_total");

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private final AtomicInteger round = new AtomicInteger();

    @Test
    void shouldShowSomethingInEveryPanel(@TempDir Path directory) throws Exception {
        List<Dashboards.Query> queries = Dashboards.queries();
        assertThat(queries).hasSizeGreaterThan(80);
        try (var prometheus = new RunningPrometheus(system, directory)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        makeTraffic();
                        for (Dashboards.Query query : queries) {
                            assertThat(prometheus.query(query.sent()))
                                    .as(query.toString())
                                    .isNotEmpty();
                        }
                    });
        }
    }

    @Test
    void shouldAskForMetricsThatThereAre() throws Exception {
        Set<String> asked =
                Dashboards.queries().stream()
                        .flatMap(query -> METRIC.matcher(query.expression()).results())
                        .map((MatchResult match) -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        asked.removeAll(SELDOM);
        makeTraffic();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(metricsTold()).containsAll(asked));
    }

    /** Whatever is counted only once it has happened. */
    private void makeTraffic() throws Exception {
        try (var cities = new Cities(system)) {
            City city = cities.take();
            client.get(Cities.NAMESPACE, city.key());
            client.get(Cities.NAMESPACE, city.key());
            cities.rename(city, "For the dashboard " + round.incrementAndGet());
            client.post(
                    "/invalidate",
                    "{\"namespace\":\"cities\",\"tags\":[\"country:%s\"]}"
                            .formatted(city.country()));
            client.post("/cities/warm", "{\"keys\":[\"%s\"]}".formatted(city.key()));
        }
    }

    private Set<String> metricsTold() {
        return Stream.of(Service.values())
                .flatMap(service -> client.metrics(system.management(service)).lines())
                .flatMap(line -> SAMPLE.matcher(line).results())
                .map((MatchResult sample) -> sample.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
