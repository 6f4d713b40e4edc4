package io.freshet.system;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** J2: what the dashboards ask for is what the services tell. */
class DashboardIT {

    private static final Path DASHBOARDS = Path.of("../grafana/dashboards");

    /** Names of ours, and of the JVM's: those with an underscore before anything but a bracket. */
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:cache|freshet|jvm|process)_[a-z0-9_]+)\\b");

    private static final Pattern SAMPLE = Pattern.compile("^([a-z0-9_]+)(?:\\{| )");

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @Test
    void shouldAskForMetricsThatThereAre() throws Exception {
        Set<String> asked = metricsAskedFor();
        assertThat(asked).hasSizeGreaterThan(20);

        makeTraffic();

        await().untilAsserted(() -> assertThat(metricsTold()).containsAll(asked));
    }

    /** Whatever is counted only once it has happened. */
    private void makeTraffic() throws Exception {
        try (var cities = new Cities(system)) {
            City city = cities.take();
            client.get(Cities.NAMESPACE, city.key());
            client.get(Cities.NAMESPACE, city.key());
            cities.rename(city, "For the dashboard");
            client.post(
                    "/invalidate",
                    "{\"namespace\":\"cities\",\"tags\":[\"country:%s\"]}"
                            .formatted(city.country()));
            client.post("/cities/warm", "{\"keys\":[\"%s\"]}".formatted(city.key()));
        }
    }

    private static Set<String> metricsAskedFor() {
        var dashboard =
                new JsonMapper().readTree(DASHBOARDS.resolve("freshet-overview.json").toFile());
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asString());
            }
        }
        return expressions.stream()
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(match -> match.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private Set<String> metricsTold() {
        return Stream.of(Service.values())
                .flatMap(service -> client.metrics(system.management(service)).lines())
                .flatMap(line -> SAMPLE.matcher(line).results())
                .map((MatchResult sample) -> sample.group(1))
                .collect(toCollection(TreeSet::new));
    }
}
