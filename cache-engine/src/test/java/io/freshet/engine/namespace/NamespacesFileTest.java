package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                    ttl-jitter: 10%
                    max-staleness: 500ms
                    on-stale: serve-stale
                    max-entries: 100000
                    max-size: 2GB
                    eviction: lfu
                    max-value-size: 64KB
                    refresh:
                      stale-while-revalidate: 30s
                      stale-if-error: 1h
                      early: 1.5
                      ahead: 80%
                      negative-ttl: 5s
                      lease: 10s
                    write-policy: write-through
                    put-without-token: true
                    classes:
                      - name: capitals
                        keys: "capital_*"
                        ttl: 1d
                        eviction: none
                        refresh: {lease: 0s}
                      - name: others
                        keys: "*"
                    source:
                      database: archive
                      timeout: 3s
                      sql: >
                        SELECT c.id, c.country_code
                        FROM cities c WHERE c.id = CAST(:key AS bigint)
                      tags: ["country:{country_code}", everything]
                      upsert: INSERT INTO cities SELECT :key, :value
                      delete: DELETE FROM cities WHERE id = :key
                  - name: rates
                    source:
                      url: https://rates.example/{key}
                      headers: {Accept: application/json}
                """;

        // when
        var configs = NamespacesFile.parse("namespaces.yaml", yaml);

        // then
        Refresh refresh =
                new Refresh(
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        1.5,
                        80,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10));
        Refresh unleased =
                new Refresh(
                        Duration.ZERO, Duration.ZERO, 0, 0, Duration.ofMinutes(1), Duration.ZERO);
        assertThat(configs)
                .containsExactly(
                        NamespaceConfig.builder(new Namespace("cities"))
                                .defaultTtl(Duration.ofMinutes(30))
                                .ttlJitter(10)
                                .window(Duration.ofMillis(500), StalePolicy.SERVE_STALE)
                                .bounds(
                                        new Bounds(
                                                100_000, 2L << 30, EvictionPolicy.LFU, 64 * 1024))
                                .refresh(refresh)
                                .writePolicy(WritePolicy.WRITE_THROUGH)
                                .putWithoutToken(true)
                                .entryClass(
                                        new EntryClass(
                                                "capitals",
                                                new KeyPattern("capital_*"),
                                                Duration.ofDays(1),
                                                EvictionPolicy.NONE,
                                                unleased))
                                .entryClass(
                                        new EntryClass(
                                                "others", new KeyPattern("*"), null, null, null))
                                .source(
                                        new SqlSourceConfig(
                                                "archive",
                                                "SELECT c.id, c.country_code FROM cities c WHERE"
                                                        + " c.id = CAST(:key AS bigint)",
                                                Duration.ofSeconds(3),
                                                List.of("country:{country_code}", "everything"),
                                                "INSERT INTO cities SELECT :key, :value",
                                                "DELETE FROM cities WHERE id = :key"))
                                .build(),
                        NamespaceConfig.builder(new Namespace("rates"))
                                .source(
                                        new HttpSourceConfig(
                                                "https://rates.example/{key}",
                                                Duration.ofSeconds(2),
                                                Map.of("Accept", "application/json"),
                                                List.of()))
                                .build());
        assertThat(configs)
                .as("the same from its JSON document")
                .allSatisfy(config ->
                        assertThat(
                                        NamespaceDocument.read(
                                                config.name(), NamespaceDocument.write(config)))
                                .isEqualTo(config));
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
                        NamespaceConfig.builder(new Namespace("sessions"))
                                .defaultTtl(Duration.ofHours(1))
                                .build(),
                        NamespaceConfig.builder(new Namespace("cities"))
                                .defaultTtl(Duration.ofHours(1))
                                .source(
                                        new SqlSourceConfig(
                                                "primary",
                                                "SELECT :key AS k",
                                                Duration.ofSeconds(2),
                                                List.of()))
                                .build());
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
                .containsExactly("cities", "countries", "sessions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    default-ttl: 3600            | n.yaml: namespace 'a': default-ttl: must be a whole number with a unit
                    default-ttl: 1500ms          | n.yaml: namespace 'a': default-ttl: must be whole seconds
                    default-ttl: 0s              | n.yaml: namespace 'a': default-ttl: must be more than zero
                    ttl-jitter: 10               | n.yaml: namespace 'a': ttl-jitter: must be a whole number of percent, such as 10%, not '10'
                    ttl-jitter: 51%              | n.yaml: namespace 'a': ttl-jitter must be 0 to 50 percent
                    max-entries: -1              | n.yaml: namespace 'a': max-entries must not be negative
                    eviction: fifo               | n.yaml: namespace 'a': eviction: must be one of [lru, lfu, ttl, none], not 'fifo'
                    write-policy: write-behind   | n.yaml: namespace 'a': writes other than cache-aside need a SQL source with an upsert
                    refresh: {early: -1}         | n.yaml: namespace 'a': refresh: early must be a number from 0 to 100
                    refresh: {early: soon}       | n.yaml: namespace 'a': refresh: early: must be a number such as 1.0, not 'soon'
                    refresh: {beta: 1}           | n.yaml: namespace 'a': refresh: 'beta' is not known here; known are [ahead, early, lease, negative-ttl, stale-if-error, stale-while-revalidate]
                    classes: [{name: a}]         | n.yaml: namespace 'a': class 'a': keys is missing
                    classes: [{name: a b, keys: a}] | n.yaml: namespace 'a': class 'a b': the name of a class is 1 to 100
                    classes: [{name: a, keys: a}, {name: a, keys: b}] | n.yaml: namespace 'a': classes must have different names
                    source: {url: "http://a/b"}  | n.yaml: namespace 'a': source: source.url must use the parameter {key}
                    source: {url: "ftp://a/{key}"} | n.yaml: namespace 'a': source: source.url must begin with http:// or https://
                    max-staleness: soon          | n.yaml: namespace 'a': max-staleness: must be a whole number with a unit
                    on-stale: pray               | n.yaml: namespace 'a': on-stale: must be one of [bypass, serve-stale, refuse], not 'pray'
                    max-value-size: 1M           | n.yaml: namespace 'a': max-value-size: must be a whole number with a unit
                    put-without-token: perhaps   | n.yaml: namespace 'a': put-without-token must be true or false
                    ttl: 1h                      | n.yaml: namespace 'a': 'ttl' is not known here; known are [classes, default-ttl, eviction, max-entries, max-size, max-staleness, max-value-size, name, on-stale, put-without-token, refresh, source, ttl-jitter, warm, write-policy]
                    source: SELECT 1             | n.yaml: namespace 'a': source must be a mapping
                    source: {}                   | n.yaml: namespace 'a': source: sql is missing
                    source: {sql: SELECT 1}      | n.yaml: namespace 'a': source: sql: must use the parameter :key
                    source: {sql: ":key", tags: [a}b]} | n.yaml: namespace 'a': source: tags: a '}' without its '{' in 'a}b'
                    source: {sql: ":key", tags: a} | n.yaml: namespace 'a': source: tags must be a list
                    source: {sql: ":key", url: x} | n.yaml: namespace 'a': source: url cannot stand beside sql: keep one of them
                    """)
    void shouldSayWhereAndWhatIsWrongWithANamespace(String line, String message) {
        // given
        String quoted = line.replace("[a}b]", "['a}b']");
        String yaml = "version: 1\nnamespaces:\n  - name: a\n    " + quoted + "\n";

        // then
        assertThatThrownBy(() -> NamespacesFile.parse("n.yaml", yaml))
                .isInstanceOf(IllegalNamespaceException.class)
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
                .isInstanceOf(IllegalNamespaceException.class)
                .hasMessageStartingWith(message);
    }
}
