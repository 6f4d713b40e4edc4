package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * J3: the alerts are rules that Prometheus takes, each with a test and a page that tells what to
 * do.
 */
class AlertsTest {

    private static final Path RUNBOOKS = Path.of("../../docs/runbooks");

    @Test
    void shouldBeRulesThatPrometheusTakes() throws Exception {
        PrometheusTools.promtool("check", "config", "prometheus.yaml");
    }

    @Test
    void shouldFireWhenTheyShouldAndNotOtherwise() throws Exception {
        PrometheusTools.promtool("test", "rules", "alerts-test.yaml");
    }

    @Test
    void shouldEachHaveATestAPageAndASeverity() throws IOException {
        String tests = Files.readString(PrometheusTools.CONFIGURATION.resolve("alerts-test.yaml"));

        assertThat(alerts())
                .hasSizeGreaterThan(15)
                .allSatisfy(alert -> {
                    String name = String.valueOf(alert.get("alert"));
                    assertThat(tests).contains("alertname: " + name);
                    assertThat(RUNBOOKS.resolve(name + ".md"))
                            .content()
                            .startsWith("# " + name)
                            .contains("## Look at", "## Do");
                    assertThat(alert.get("labels"))
                            .isIn(Map.of("severity", "critical"), Map.of("severity", "warning"));
                    assertThat((Map<?, ?>) alert.get("annotations"))
                            .extracting("runbook")
                            .isEqualTo("docs/runbooks/%s.md".formatted(name));
                });
    }

    @Test
    void shouldHaveNoPageForAnAlertThatIsGone() throws IOException {
        List<String> names =
                alerts().stream().map(alert -> alert.get("alert") + ".md").sorted().toList();
        try (var pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(page -> page.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(names);
        }
    }

    private static List<Map<?, ?>> alerts() throws IOException {
        try (var file =
                Files.newBufferedReader(PrometheusTools.CONFIGURATION.resolve("alerts.yaml"))) {
            Map<String, List<Map<String, List<Map<?, ?>>>>> root = new Yaml().load(file);
            return root.getOrDefault("groups", List.of()).stream()
                    .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                    .toList();
        }
    }
}
