package io.freshet.infra.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PlantedTest {

    @Test
    void shouldDropOneInAThousandByDefault() {
        assertThat(Planted.parse("drop").settings())
                .containsExactlyEntriesOf(
                        java.util.Map.of("FRESHET_STREAM_PLANTEDFAULT_DROPONEIN", "1000"));
    }

    @Test
    void shouldDelayAsOftenAsItIsTold() {
        assertThat(Planted.parse("delay=50").settings())
                .containsExactlyEntriesOf(
                        java.util.Map.of("FRESHET_STREAM_PLANTEDFAULT_DELAYONEIN", "50"));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Planted.parse("lose"))
                .withMessageContaining("say drop or delay");
    }
}
