package io.freshet.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConstantsTest {

    @Test
    void shouldWriteAndReadInLowerCaseWithHyphens() {
        var constants = Constants.of(Season.class);

        assertThat(Constants.name(Season.LATE_SUMMER)).isEqualTo("late-summer");
        assertThat(constants.named("late-summer")).isEqualTo(Season.LATE_SUMMER);
        assertThat(constants.named("LATE_SUMMER")).isNull();
        assertThat(constants.names()).containsExactly("winter", "late-summer");
    }

    private enum Season {
        WINTER,
        LATE_SUMMER
    }
}
