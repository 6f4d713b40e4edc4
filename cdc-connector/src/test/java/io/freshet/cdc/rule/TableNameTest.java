package io.freshet.cdc.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    public.cities         | public | cities
                    Public.CITIES         | public | cities
                    public."Order Items"  | public | Order Items
                    "A.b"."c""d"          | A.b    | c"d
                    s._t1$                | s      | _t1$
                    """)
    void shouldReadNamesAsSqlDoes(String text, String schema, String table) {
        assertThat(TableName.parse(text)).isEqualTo(new TableName(schema, table));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cities",
                "a.b.c",
                "a.",
                ".b",
                "a.\"b",
                "a.\"\"",
                "a b.c",
                "a.\"b\"c",
                "1a.b"
            })
    void shouldRefuseWhatIsNoTable(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        var name = new TableName("Sales 2024", "quo\"te.d");

        assertThat(TableName.parse(name.toString())).isEqualTo(name);
        assertThat(TableName.parse(name.quoted())).isEqualTo(name);
    }
}
