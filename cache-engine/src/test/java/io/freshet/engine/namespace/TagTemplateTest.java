package io.freshet.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTemplateTest {

    @Test
    void shouldFillInColumns() {
        // given
        var template = TagTemplate.parse("region:{country}.{ admin }!");

        // when
        var tag = template.render(Map.of("country", "FR", "admin", "11")::get);

        // then
        assertThat(tag).contains("region:FR.11!");
        assertThat(template.columns()).containsExactly("country", "admin");
    }

    @Test
    void shouldLeaveOutATagWithANullColumn() {
        // given
        var template = TagTemplate.parse("region:{country}.{admin}");

        // when
        var tag = template.render(Map.of("country", "FR")::get);

        // then
        assertThat(tag).isEmpty();
    }

    @Test
    void shouldTakeATagWithoutColumns() {
        assertThat(TagTemplate.parse("all").render(_ -> null)).contains("all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a{b", "a}b", "a{}", "{a{b}}", "a{ }"})
    void shouldRefuseWhatIsNone(String template) {
        assertThatThrownBy(() -> TagTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
