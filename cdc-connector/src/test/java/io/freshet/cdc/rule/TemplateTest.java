package io.freshet.cdc.rule;

import static io.freshet.cdc.rule.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {id}            | 7
                    city:{id}       | city:7
                    {id}:{code}     | 7:FR
                    {ID}            | 7
                    {"Mixed Name"}! | m!
                    {{{id}}}        | {7}
                    plain           | plain
                    {"a}b"}         | brace
                    """)
    void shouldFillInColumns(String template, String expected) {
        var rendered = render(template, "id", 7, "code", "FR", "Mixed Name", "m", "a}b", "brace");

        assertThat(rendered).isEqualTo(new Template.Rendered.Text(expected));
    }

    @Test
    void shouldGiveNothingWhenAColumnIsNull() {
        assertThat(render("{id}:{code}", "id", 7, "code", null))
                .isEqualTo(new Template.Rendered.Absent());
    }

    @Test
    void shouldGiveNothingWhenOneColumnIsNullAndAnotherUnknown() {
        assertThat(render("{id}:{code}", "code", null)).isEqualTo(new Template.Rendered.Absent());
    }

    @Test
    void shouldSayThatItCannotKnowWhenAColumnIsNotTold() {
        assertThat(render("{id}:{code}", "id", 7)).isEqualTo(new Template.Rendered.Unknown());
    }

    @Test
    void shouldNameTheColumnsThatItReads() {
        assertThat(Template.parse("{b}:{A}:{\"C d\"}:{b}").columns())
                .containsExactly("b", "a", "C d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {id      | has a '{' without its '}'
                    id}      | has a '}' without its '{'
                    {}       | is not a name
                    {a b}    | is not a name
                    {"a}     | has a '{' without its '}'
                    ``       | must not be empty
                    """)
    void shouldRefuseWhatIsNoTemplate(String template, String complaint) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    private static Template.Rendered render(String template, @Nullable Object... columnsAndValues) {
        return Template.parse(template).render(row(columnsAndValues), UnaryOperator.identity());
    }
}
