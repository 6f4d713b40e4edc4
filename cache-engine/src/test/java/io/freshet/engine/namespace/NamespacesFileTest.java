package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacesFileTest {

    @Test
    void shouldReadEverythingThatANamespaceMaySay() {
        // given
        String yaml =
                """
                version: 1
                namespaces:
                  - name: cities
                    default-ttl: 30m
                    max-staleness: 500ms
                    on-stale: serve-stale
                    max-value-size: 64KB
                    put-without-token: true
                    source:
                      database: archive
                      timeout: 3s
                      sql: >
                        SELECT c.id, c.country_code
                        FROM cities c WHERE c.id = CAST(:key AS bigint)
                      tags: ["country:{country_code}", everything]
                """;

        // when
        var configs = NamespacesFile.parse("namespaces.yaml", yaml);

        // then
        assertThat(configs)
                .containsExactly(
                        new NamespaceConfig(
                                new Namespace("cities"),
                                Duration.ofMinutes(30),
                                Duration.ofMillis(500),
                                StalePolicy.SERVE_STALE,
                                64 * 1024,
                                true,
                                new SourceConfig(
                                        "archive",
                                        "SELECT c.id, c.country_code FROM cities c WHERE c.id ="
                                                + " CAST(:key AS bigint)",
                                        Duration.ofSeconds(3),
                                        List.of("country:{country_code}", "everything"))));
    }

    @Test
    void shouldHaveADefaultForEverythingButTheNameAndTheQuery() {
        // given
        String yaml =
                """
                version: 1
                namespaces:
                  - name: sessions
                  - name: cities
                    source: {sql: "SELECT :key AS k"}
                """;

        // when
        var configs = NamespacesFile.parse("namespaces.yaml", yaml);

        // then
        assertThat(configs)
                .containsExactly(
                        new NamespaceConfig(
                                new Namespace("sessions"),
                                Duration.ofHours(1),
                                Duration.ofSeconds(2),
                                StalePolicy.BYPASS,
                                1024 * 1024,
                                false,
                                null),
                        new NamespaceConfig(
                                new Namespace("cities"),
                                Duration.ofHours(1),
                                Duration.ofSeconds(2),
                                StalePolicy.BYPASS,
                                1024 * 1024,
                                false,
                                new SourceConfig(
                                        "primary",
                                        "SELECT :key AS k",
                                        Duration.ofSeconds(2),
                                        List.of())));
    }

    @Test
    void shouldReadTheExampleOfTheDocumentation() throws IOException {
        // given
        String page = Files.readString(Path.of("../docs/namespaces.md"));
        String yaml = page.split("```yaml\n", -1)[1].split("```", -1)[0];

        // when
        var configs = NamespacesFile.parse("docs/namespaces.md", yaml);

        // then
        assertThat(configs)
                .extracting(config -> config.name().value())
                .containsExactly("cities", "sessions");
    }

    @Test
    void shouldReadTheNamespacesOfTheDemo() throws IOException {
        // given
        Path demo = Path.of("../infra/local/src/main/resources/demo/namespaces.yaml");

        // when
        var configs = NamespacesFile.read(demo);

        // then
        assertThat(configs)
                .extracting(config -> config.name().value())
                .containsExactly("cities", "sessions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    default-ttl: 3600            | n.yaml: namespace 'a': default-ttl: must be a whole number with a unit
                    default-ttl: 1500ms          | n.yaml: namespace 'a': default-ttl: must be whole seconds
                    default-ttl: 0s              | n.yaml: namespace 'a': default-ttl: must be more than zero
                    max-staleness: soon          | n.yaml: namespace 'a': max-staleness: must be a whole number with a unit
                    on-stale: pray               | n.yaml: namespace 'a': on-stale: must be one of [bypass, serve-stale, refuse], not 'pray'
                    max-value-size: 1M           | n.yaml: namespace 'a': max-value-size: must be a whole number with a unit
                    put-without-token: perhaps   | n.yaml: namespace 'a': put-without-token must be true or false
                    ttl: 1h                      | n.yaml: namespace 'a': 'ttl' is not known here; known are [default-ttl, max-staleness, max-value-size, name, on-stale, put-without-token, source]
                    source: SELECT 1             | n.yaml: namespace 'a': source must be a mapping
                    source: {}                   | n.yaml: namespace 'a': source: sql is missing
                    source: {sql: SELECT 1}      | n.yaml: namespace 'a': source: sql: must use the parameter :key
                    source: {sql: ":key", tags: [a}b]} | n.yaml: namespace 'a': source: tags: a '}' without its '{' in 'a}b'
                    source: {sql: ":key", tags: a} | n.yaml: namespace 'a': source: tags must be a list
                    source: {sql: ":key", url: x} | n.yaml: namespace 'a': source: 'url' is not known here
                    """)
    void shouldSayWhereAndWhatIsWrongWithANamespace(String line, String message) {
        // given
        String quoted = line.replace("[a}b]", "['a}b']");
        String yaml = "version: 1\nnamespaces:\n  - name: a\n    " + quoted + "\n";

        // then
        assertThatThrownBy(() -> NamespacesFile.parse("n.yaml", yaml))
                .isInstanceOf(NamespacesFileException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                      | n.yaml: must hold 'version: 1' and a list 'namespaces'
                    {version: 2, namespaces: []}            | n.yaml: version must be 1, the only one there is, not 2
                    {namespaces: []}                        | n.yaml: version is missing
                    {version: 1}                            | n.yaml: namespaces is missing
                    {version: 1, namespaces: {a: 1}}        | n.yaml: namespaces must be a list
                    {version: 1, namespaces: [a]}           | n.yaml: namespaces must be a list of mappings
                    {version: 1, namespaces: [{name: a}, {name: a}]} | n.yaml: namespaces holds 'a' twice
                    {version: 1, namespaces: [{name: a b}]} | n.yaml: namespace 'a b': name: a namespace is 1 to 100
                    {version: 1, namespaces: [], more: 1}   | n.yaml: 'more' is not known here
                    {version: 1, version: 1}                | n.yaml, line 1: not YAML: Duplicate
                    {version: [                             | n.yaml, line 1: not YAML
                    """)
    void shouldSayWhatIsWrongWithTheFile(String yaml, String message) {
        assertThatThrownBy(() -> NamespacesFile.parse("n.yaml", yaml))
                .isInstanceOf(NamespacesFileException.class)
                .hasMessageStartingWith(message);
    }
}
