package io.freshet.cdc.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D3: what a rule may say of its strategy. */
class StrategyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    keys: ["{id}"], strategy: put                                             | 'strategy' must be invalidate, refresh or write, not 'put'
                    keys: ["{id}"], strategy: write                                           | strategy write needs 'columns'
                    keys: ["{id}", "x"], strategy: write, columns: [id]                       | strategy write takes one template in 'keys'
                    keys: ["{id}"], patterns: ["*"], strategy: write, columns: [id]           | strategy write takes one template in 'keys'
                    keys: ["{id}"], mode: soft, strategy: write, columns: [id]                | strategy write leaves nothing to be marked stale
                    """)
    void shouldRefuseWhatCannotBeWritten(String rest, String message) {
        // given
        String yaml =
                "{version: 1, rules: [{name: r, table: t.t, namespace: n, %s}]}".formatted(rest);
        // when / then
        assertThatThrownBy(() -> RulesFile.parse(yaml))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("rule 'r'")
                .hasMessageContaining(message);
    }

    @Test
    void shouldAskForHotEntriesToBeLoadedAnew() {
        Rules rules =
                RulesFile.parse(
                        "{version: 1, rules: [{name: r, table: t.t, namespace: n, keys: ['{id}'],"
                                + " tags: ['{tag}'], strategy: refresh}]}");

        assertThat(
                        rules.matches(
                                new RowChange(
                                        new TableName("t", "t"),
                                        Operation.INSERT,
                                        null,
                                        Rows.row("id", 1, "tag", "a"))))
                .hasSize(2)
                .allMatch(Match::refresh);
    }

    @Test
    void shouldNotLoadAWholeNamespaceAnew() {
        Rules rules =
                RulesFile.parse(
                        "{version: 1, rules: [{name: r, table: t.t, namespace: n, keys: ['{id}'],"
                                + " strategy: refresh}]}");

        assertThat(
                        rules.matches(
                                new RowChange(
                                        new TableName("t", "t"), Operation.TRUNCATE, null, null)))
                .singleElement()
                .matches(match -> !match.refresh());
    }
}
