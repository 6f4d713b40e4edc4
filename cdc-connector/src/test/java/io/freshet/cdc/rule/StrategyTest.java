package io.freshet.cdc.rule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                    keys: ["{id}"], strategy: refresh                                         | 'strategy' refresh is not carried out yet
                    keys: ["{id}"], strategy: put                                             | 'strategy' must be invalidate or write, not 'put'
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
}
