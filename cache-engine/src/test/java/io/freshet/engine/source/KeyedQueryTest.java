package io.freshet.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedQueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT :key                               | SELECT ?                             | 1
                    SELECT :key::bigint, id::text             | SELECT ?::bigint, id::text           | 1
                    WHERE a = :key OR b=:key                  | WHERE a = ? OR b=?                   | 2
                    SELECT ':key' , :key                      | SELECT ':key' , ?                    | 1
                    SELECT 'it''s :key', :key                 | SELECT 'it''s :key', ?               | 1
                    SELECT E'\\':key', :key                   | SELECT E'\\':key', ?                 | 1
                    SELECT 'a\\', :key                        | SELECT 'a\\', ?                      | 1
                    SELECT name'x\\', :key                    | SELECT name'x\\', ?                  | 1
                    SELECT ":key" FROM t WHERE k = :key       | SELECT ":key" FROM t WHERE k = ?     | 1
                    SELECT $$:key$$, $a$:key$$$a$, :key       | SELECT $$:key$$, $a$:key$$$a$, ?     | 1
                    SELECT a$b$c, :key                        | SELECT a$b$c, ?                      | 1
                    SELECT /* :key /* ' */ */ :key            | SELECT   ?                           | 1
                    SELECT :key -- and ' :key                 | SELECT ?                             | 1
                    SELECT :key, 2 - 1, 4 / 2                 | SELECT ?, 2 - 1, 4 / 2               | 1
                    SELECT tags ? 'a', :key                   | SELECT tags ?? 'a', ?                | 1
                    SELECT a[1:2], (:key)                     | SELECT a[1:2], (?)                   | 1
                    SELECT ';', :key                          | SELECT ';', ?                        | 1
                    """)
    void shouldBindTheKeyWhereItIsAParameter(String sql, String jdbc, int parameters) {
        // when
        KeyedQuery query = KeyedQuery.parse(sql);

        // then
        assertThat(query.jdbc().strip()).isEqualTo(jdbc);
        assertThat(query.parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT 1                     | must use the parameter :key
                    SELECT ':key'                | must use the parameter :key
                    SELECT :keys                 | must use the parameter :key
                    SELECT 1::key                | must use the parameter :key
                    SELECT :key;                 | must be one statement without ';'
                    SELECT :key) q, (SELECT 1    | has a ')' without its '('
                    SELECT (:key                 | has a '(' without its ')'
                    SELECT :key, 'a              | has a ' without its end
                    SELECT :key, "a              | has a " without its end
                    SELECT :key, $a$ $$          | has a $a$ without its end
                    SELECT :key /* /* */         | has a /* without its */
                    """)
    void shouldRefuseWhatCannotStandBetweenBrackets(String sql, String message) {
        assertThatThrownBy(() -> KeyedQuery.parse(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("source.sql " + message);
    }
}
