package io.freshet.contracts.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StampTest {

    @Test
    void shouldBeKilledByALaterPositionAndWinAtATie() {
        // given
        Stamp stamp = Stamp.of(1, 7);

        // when / then
        assertThat(stamp.isKilledBy(Stamp.of(1, 8))).isTrue();
        assertThat(stamp.isKilledBy(Stamp.of(1, 7))).isFalse();
        assertThat(stamp.isKilledBy(Stamp.of(1, 6))).isFalse();
    }

    @Test
    void shouldBeKilledByANewEpochWhateverItsPosition() {
        assertThat(Stamp.of(1, 1_000_000).isKilledBy(Stamp.of(2, 0))).isTrue();
    }

    @Test
    void shouldKeepEpochAndPositionApart() {
        // given
        Stamp highest = Stamp.of(1023, (1L << 42) - 1);

        // when / then
        assertThat(highest.epoch()).isEqualTo(1023);
        assertThat(highest.position()).isEqualTo((1L << 42) - 1);
        assertThat(highest).hasToString("1023:4398046511103");
    }

    @Test
    void shouldFitIntoTheNumbersOfRedisScripts() {
        // given
        Stamp highest = Stamp.of(1023, (1L << 42) - 1);

        // when
        double inLua = highest.packed();

        // then
        assertThat((long) inLua).isEqualTo(highest.packed());
        assertThat((double) (highest.packed() - 1)).isNotEqualTo(inLua);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(1024, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(0, 1L << 42));
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(0, -1));
    }

    @Test
    void shouldReadAnInvalidationToken() {
        assertThat(InboxPosition.parse("3:42")).isEqualTo(new InboxPosition(3, 42));
        for (String illegal : new String[] {"", "3", ":42", "3:", "a:b", "-1:2", "1:-2"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> InboxPosition.parse(illegal));
        }
    }
}
