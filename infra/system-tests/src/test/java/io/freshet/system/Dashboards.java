package io.freshet.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards of {@code infra/grafana}. */
final class Dashboards {

    private static final Path DIRECTORY = Path.of("../grafana/dashboards");
    private static final JsonMapper JSON = new JsonMapper();

    private Dashboards() {}

    static List<JsonNode> all() {
        try (var files = Files.list(DIRECTORY)) {
            return files.sorted().map(file -> JSON.readTree(file.toFile())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a panel asks Prometheus. */
    record Query(String dashboard, String panel, String expression) {

        /** As Grafana sends it when nothing is chosen. */
        String sent() {
            return sent(".*", "20s");
        }

        /** As Grafana sends it when a namespace is chosen. */
        String sent(String namespace, String rateInterval) {
            return expression
                    .replace("$__rate_interval", rateInterval)
                    .replace("$namespace", namespace);
        }
    }

    static List<Query> queries() {
        return all().stream()
                .flatMap(dashboard ->
                        dashboard
                                .path("panels")
                                .valueStream()
                                .flatMap(panel -> queries(dashboard, panel)))
                .toList();
    }

    /** What one panel asks. */
    static List<Query> queries(String dashboard, String panel) {
        List<Query> asked =
                queries().stream()
                        .filter(query ->
                                query.dashboard().equals(dashboard) && query.panel().equals(panel))
                        .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(dashboard + " has no " + panel);
        }
        return asked;
    }

    private static Stream<Query> queries(JsonNode dashboard, JsonNode panel) {
        return panel.path("targets")
                .valueStream()
                .map(target ->
                        new Query(
                                dashboard.path("title").asString(),
                                panel.path("title").asString(),
                                target.path("expr").asString()));
    }
}
