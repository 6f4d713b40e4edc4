package io.freshet.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.system.Cities.City;
import io.freshet.system.MetricsPage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** J1: what running services tell is what docs/metrics.md says, no less and no more. */
class MetricsPageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path ROOT = Path.of("../..");
    private static final List<String> MODULES =
            List.of(
                    "cache-engine",
                    "api-service",
                    "cdc-connector",
                    "invalidation-stream",
                    "warmer-worker");

    /** A meter's name where it is declared. */
    private static final Pattern DECLARED =
            Pattern.compile(
                    "(?:builder|count|counter|gauge|bytes)\\(\\s*\"((?:freshet|cache)\\.[a-z.]+)\"");

    /** Each has few values, whatever the users do; a key is not among them. */
    private static final Set<String> BOUNDED =
            Set.of(
                    "after",
                    "cause",
                    "code",
                    "group",
                    "input",
                    "kind",
                    "namespace",
                    "node",
                    "of",
                    "op",
                    "outcome",
                    "partition",
                    "reason",
                    "rule",
                    "source",
                    "state",
                    "store",
                    "stream",
                    "tier",
                    "topic",
                    "trigger",
                    "type");

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    /** With {@code -Dfreshet.pages=write} it is written anew instead. */
    @Test
    void shouldBeTrue() throws Exception {
        Map<String, Row> documented = MetricsPage.read();
        if ("write".equals(System.getProperty("freshet.pages"))) {
            makeTraffic();
            Map<String, Row> rows = new TreeMap<>(documented);
            await().atMost(PATIENCE)
                    .until(() -> MetricsPage.of(told()).containsKey("cache_consistency_nines"));
            MetricsPage.of(told())
                    .forEach((name, row) -> {
                        if (!isRare(documented, name)) {
                            rows.put(name, row);
                        }
                    });
            MetricsPage.write(rows);
            return;
        }
        Set<String> expected =
                documented.keySet().stream()
                        .filter(name -> !isRare(documented, name))
                        .collect(Collectors.toCollection(TreeSet::new));
        makeTraffic();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(MetricsPage.of(told()).keySet()).containsAll(expected));

        MetricsPage.of(told())
                .forEach((name, row) -> {
                    assertThat(documented).as("write the page anew").containsKey(name);
                    Row line = requireNonNull(documented.get(name));
                    assertThat(line.type()).isEqualTo(row.type());
                    assertThat(line.help()).startsWith(row.help());
                    assertThat(labels(line)).as(name).containsAll(labels(row));
                });
    }

    @Test
    void shouldSayWhatEachIsForAndLabelItWithNothingUnbounded() throws Exception {
        makeTraffic();

        Map<Service, Map<String, Scraped.Meter>> told = told();

        told.values().stream()
                .flatMap(meters -> meters.values().stream())
                .forEach(meter -> {
                    assertThat(meter.help()).as(meter.name()).isNotBlank();
                    assertThat(BOUNDED).as(meter.name()).containsAll(meter.labels().keySet());
                    assertThat(meter.labels().values())
                            .as(meter.name())
                            .allMatch(values -> values.size() < 100);
                });
    }

    /** Also what is counted only once it has gone wrong. */
    @Test
    void shouldNameEachThatTheCodeDeclares() throws IOException {
        Set<String> names = MetricsPage.read().keySet();

        assertThat(declared())
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(names).anyMatch(known -> known.startsWith(name)));
    }

    private static Set<String> declared() throws IOException {
        var names = new TreeSet<String>();
        for (String module : MODULES) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    DECLARED.matcher(Files.readString(file))
                            .results()
                            .map((MatchResult match) -> match.group(1).replace('.', '_'))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    /** Of these the help says that they are not there until they are needed. */
    private static boolean isRare(Map<String, Row> documented, String name) {
        Row row = documented.get(name);
        return row != null && row.help().endsWith("(once it happens)");
    }

    private static Set<String> labels(Row row) {
        return Set.of(row.labels().split(", ", -1));
    }

    private Map<Service, Map<String, Scraped.Meter>> told() {
        Map<Service, Map<String, Scraped.Meter>> told = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            told.put(
                    service, new HashMap<>(Scraped.of(client.metrics(system.management(service)))));
        }
        return told;
    }

    private void makeTraffic() throws Exception {
        try (var cities = new Cities(system)) {
            City city = cities.take();
            client.get(Cities.NAMESPACE, city.key());
            client.get(Cities.NAMESPACE, city.key());
            cities.rename(city, "For the metrics");
            client.post(
                    "/invalidate",
                    "{\"namespace\":\"cities\",\"tags\":[\"country:%s\"]}"
                            .formatted(city.country()));
            client.post("/cities/warm", "{\"keys\":[\"%s\"]}".formatted(city.key()));
        }
    }
}
