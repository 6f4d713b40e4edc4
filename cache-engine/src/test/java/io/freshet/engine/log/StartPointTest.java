package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.position.Stamp;
import org.junit.jupiter.api.Test;

class StartPointTest {

    @Test
    void shouldStartWhereTheExpanderIs() {
        assertThat(StartPoint.of(1, Stamp.of(1, 7), 2, 9)).isEqualTo(new StartPoint(7, 9, true));
    }

    @Test
    void shouldStartAtTheBeginOfAWholeLogWithoutAnExpander() {
        assertThat(StartPoint.of(1, null, 0, 9)).isEqualTo(new StartPoint(0, 9, true));
    }

    @Test
    void shouldDistrustABeginThatNoExpanderSpeaksOf() {
        assertThat(StartPoint.of(1, null, 4, 9)).isEqualTo(new StartPoint(4, 9, false));
    }

    @Test
    void shouldDistrustWhatRetentionTookFromBehindTheExpander() {
        assertThat(StartPoint.of(1, Stamp.of(1, 3), 4, 9)).isEqualTo(new StartPoint(4, 9, false));
    }

    @Test
    void shouldNotBeReadyBeforeTheLogIsAsLongAsItOnceWas() {
        assertThat(StartPoint.of(1, Stamp.of(1, 12), 0, 9)).isEqualTo(new StartPoint(9, 12, true));
    }

    @Test
    void shouldNotCompareWithAnotherEpoch() {
        assertThat(StartPoint.of(2, Stamp.of(1, 7), 0, 9)).isEqualTo(new StartPoint(0, 9, true));
    }
}
