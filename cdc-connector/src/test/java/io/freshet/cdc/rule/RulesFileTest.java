package io.freshet.cdc.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {

    private static final String EXAMPLE =
            """
            version: 1
            rules:
              - name: city-rows
                table: public.cities
                namespace: cities
                keys: ["{id}"]
              - name: country-names
                table: public."Countries"
                columns: [Name, '"Continent"']
                operations: [update, delete]
                namespace: cities
                tags: ["country:{code}"]
                when: code <> 'NL'
                patterns: []
                mode: soft
            """;

    @Test
    void shouldReadTheExampleInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/cdc.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();

        Rules rules = RulesFile.parse(page.substring(begin, page.indexOf("```", begin)));

        assertThat(rules.all()).hasSize(6);
    }

    @Test
    void shouldReadWhatIsWritten() {
        Rules rules = RulesFile.parse(EXAMPLE);

        assertThat(rules.all())
                .containsExactly(
                        new Rule(
                                "city-rows",
                                new TableName("public", "cities"),
                                new Trigger(Set.of(), EnumSet.allOf(Operation.class), null),
                                new Targets(
                                        new Namespace("cities"),
                                        List.of(Template.parse("{id}")),
                                        List.of(),
                                        List.of()),
                                Mode.HARD,
                                Strategy.INVALIDATE),
                        new Rule(
                                "country-names",
                                new TableName("public", "Countries"),
                                new Trigger(
                                        Set.of("name", "Continent"),
                                        Set.of(Operation.UPDATE, Operation.DELETE),
                                        When.parse("code <> 'NL'")),
                                new Targets(
                                        new Namespace("cities"),
                                        List.of(),
                                        List.of(Template.parse("country:{code}")),
                                        List.of()),
                                Mode.SOFT,
                                Strategy.INVALIDATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    version: 1        | version: 2       | version 2 is not known here: write version: 1
                    version: 1        | foo: 1           | 'version' must be a number
                    name: city-rows   | naem: city-rows  | rule 1: 'name' is missing
                    name: city-rows   | name: country-names | two rules are named 'country-names': rename one
                    keys: ["{id}"]    | keys: ["{id}"], key: 1 | not YAML
                    namespace: cities | namespace: "a b" | rule 'city-rows': 'namespace': a namespace is
                    public.cities     | cities           | rule 'city-rows': 'table': 'cities' must be schema.table
                    keys: ["{id}"]    | key: ["{id}"]    | rule 'city-rows': unknown field 'key': known are columns, keys,
                    keys: ["{id}"]    | keys: ["{id"]    | rule 'city-rows': 'keys': template '{id' has a '{' without
                    keys: ["{id}"]    | keys: "{id}"     | rule 'city-rows': 'keys' must be a list
                    keys: ["{id}"]    | keys: [1]        | rule 'city-rows': 'keys' must hold texts only
                    keys: ["{id}"]    | keys: ["{id}", "{id}"] | rule 'city-rows': 'keys' has '{id}' twice
                    keys: ["{id}"]    | keys: []         | rule 'city-rows': it names no entries
                    keys: ["{id}"]    | patterns: ["[{id}"] | rule 'city-rows': template '[{id}' is illegal: a pattern has a '['
                    mode: soft        | mode: weak       | rule 'country-names': 'mode' must be hard or soft, not 'weak'
                    code <> 'NL'      | code <> NL'      | rule 'country-names': 'when': cannot be read from ''' on
                    [update, delete]  | [upsert]         | rule 'country-names': 'operations': 'upsert' is none of insert, update
                    [update, delete]  | []               | rule 'country-names': 'operations' must not be empty
                    """)
    void shouldNameTheRuleAndTheMend(String right, String wrong, String complaint) {
        assertThat(EXAMPLE).contains(right);
        String yaml =
                EXAMPLE.replaceFirst(
                        java.util.regex.Pattern.quote(right),
                        java.util.regex.Matcher.quoteReplacement(wrong));

        assertThatThrownBy(() -> RulesFile.parse(yaml))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseAFieldThatIsWrittenTwice() {
        assertThatThrownBy(() -> RulesFile.parse(EXAMPLE + "version: 1\n"))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("version");
    }

    @Test
    void shouldRefuseAFileWithoutRules() {
        assertThatThrownBy(() -> RulesFile.parse("{version: 1, rules: []}"))
                .hasMessageContaining("there is nothing to capture");
        assertThatThrownBy(() -> RulesFile.parse(""))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("must begin with 'version: 1'");
    }

    @Test
    void shouldSayWhichFileIsMissing(@TempDir Path directory) {
        Path file = directory.resolve("rules.yaml");

        assertThatThrownBy(() -> RulesFile.read(file))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("there is no rules file " + file);
    }

    @Test
    void shouldNameTheFileInItsComplaints(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), "version: 3");

        assertThatThrownBy(() -> RulesFile.read(file)).hasMessageStartingWith(file + ": version 3");
    }

    @Test
    void shouldChangeTheFingerprintOfTheNamespaceWhoseRulesChange() {
        var cities = new Namespace("cities");
        Rules rules = RulesFile.parse(EXAMPLE);
        Rules renamed = RulesFile.parse(EXAMPLE.replace("city-rows", "other"));
        Rules changed = RulesFile.parse(EXAMPLE.replace("{id}", "city:{id}"));

        assertThat(renamed.fingerprints()).isEqualTo(rules.fingerprints());
        assertThat(changed.fingerprints().get(cities))
                .isNotEqualTo(rules.fingerprints().get(cities));
    }
}
