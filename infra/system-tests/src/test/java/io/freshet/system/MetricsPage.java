package io.freshet.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}, as running services describe their meters. */
final class MetricsPage {

    static final Path FILE = Path.of("../../docs/metrics.md");

    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (.*) \\| (.*) \\| (.*) \\| (.*) \\|$");
    private static final String HEAD =
            """
            # Metrics

            Every meter of the services, made from what they tell Prometheus ([what to watch](operations.md#what-to-watch) of
            them). Each is declared once, in the code that counts, with its name, unit, labels and help. Labels are bounded:
            namespaces are those of the catalog, topics, partitions, sources and rules are those that are configured, and
            everything else is one of a few words. No key, tag or value is ever a label.

            A histogram has `_bucket`, `_sum` and `_count`, in seconds unless its name says otherwise, and beside it a gauge
            `_max` of the last minutes. Buckets are fixed: Micrometer, in the version used, has no native histograms.
            `freshet_commit_to_enforced_seconds` is the latency of the whole system: from the commit in the database until it
            is in force on a node.

            | metric | type | labels | of | |
            | --- | --- | --- | --- | --- |
            """;

    private MetricsPage() {}

    /** A line of the page. */
    record Row(String name, String type, String labels, String services, String help) {

        private String text() {
            return "| `%s` | %s | %s | %s | %s |%n".formatted(name, type, labels, services, help);
        }
    }

    /** The lines that there are, by name. */
    static Map<String, Row> read() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        if (Files.exists(FILE)) {
            for (String line : Files.readAllLines(FILE)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    rows.put(
                            row.group(1),
                            new Row(
                                    row.group(1),
                                    row.group(2),
                                    row.group(3),
                                    row.group(4),
                                    row.group(5)));
                }
            }
        }
        return rows;
    }

    /** The lines of what services tell. */
    static Map<String, Row> of(Map<Service, Map<String, Scraped.Meter>> told) {
        Map<String, Row> rows = new TreeMap<>();
        told.values().stream()
                .flatMap(meters -> meters.keySet().stream())
                .distinct()
                .forEach(name -> rows.put(name, row(name, told)));
        return rows;
    }

    private static Row row(String name, Map<Service, Map<String, Scraped.Meter>> told) {
        var services = new TreeSet<String>();
        var labels = new TreeSet<String>();
        var types = new TreeSet<String>();
        var helps = new TreeSet<String>();
        told.forEach((service, meters) -> {
            Scraped.Meter meter = meters.get(name);
            if (meter != null) {
                services.add(service.label());
                labels.addAll(meter.labels().keySet());
                types.add(meter.type());
                helps.add(meter.help());
            }
        });
        return new Row(
                name,
                String.join(", ", types),
                labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                String.join(", ", services),
                String.join("; ", helps));
    }

    static void write(Map<String, Row> rows) throws IOException {
        var page = new StringBuilder(HEAD);
        rows.values().forEach(row -> page.append(row.text()));
        Files.writeString(FILE, page);
    }
}
