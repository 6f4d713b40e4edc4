package io.freshet.cdc.visibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

    @Test
    void shouldSeeWhatEndedBeforeIt() {
        Snapshot snapshot = Snapshot.parse("10:20:10,14,15");

        assertThat(snapshot.sees(9)).isTrue();
        assertThat(snapshot.sees(10)).isFalse();
        assertThat(snapshot.sees(11)).isTrue();
        assertThat(snapshot.sees(14)).isFalse();
        assertThat(snapshot.sees(19)).isTrue();
        assertThat(snapshot.sees(20)).isFalse();
    }

    @Test
    void shouldSeeEverythingBelowItsBoundWhenNothingIsUnderWay() {
        Snapshot snapshot = Snapshot.parse("20:20:");

        assertThat(snapshot.sees(19)).isTrue();
        assertThat(snapshot.sees(20)).isFalse();
    }

    @Test
    void shouldReadBackWhatItWrites() {
        assertThat(Snapshot.parse("10:20:10,14,15")).hasToString("10:20:10,14,15");
        assertThat(Snapshot.parse("20:20:")).hasToString("20:20:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2", "1:2:3:4", "a:2:", "1:2:x"})
    void shouldRefuseWhatIsNoSnapshot(String text) {
        assertThatThrownBy(() -> Snapshot.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKnowWhenAllThatWasUnderWayHasEnded() {
        Snapshot earlier = Snapshot.parse("10:20:10,14");

        assertThat(Snapshot.parse("14:30:14,25").seesAllOf(earlier)).isFalse();
        assertThat(Snapshot.parse("25:30:25").seesAllOf(earlier)).isTrue();
    }

    @Test
    void shouldGiveATransactionTheEpochOfItsTime() {
        long epoch3 = 3L << 32;
        Snapshot snapshot = Snapshot.parse((epoch3 + 1000) + ":" + (epoch3 + 1000) + ":");

        assertThat(snapshot.extend(999)).isEqualTo(epoch3 + 999);
        assertThat(snapshot.extend(1000)).isEqualTo(epoch3 + 1000);
        assertThat(snapshot.extend(5000)).isEqualTo(epoch3 + 5000);
    }

    @Test
    void shouldGiveATransactionFromBeforeTheWrapAroundTheEpochBefore() {
        long epoch3 = 3L << 32;
        Snapshot snapshot = Snapshot.parse((epoch3 + 5) + ":" + (epoch3 + 5) + ":");

        long beforeTheWrap = snapshot.extend((int) 4_294_967_290L);

        assertThat(beforeTheWrap).isEqualTo((2L << 32) + 4_294_967_290L);
        assertThat(snapshot.sees(beforeTheWrap)).isTrue();
    }

    @Test
    void shouldGiveATransactionFromAfterTheWrapAroundTheNextEpoch() {
        long bound = (2L << 32) + 4_294_967_290L;
        Snapshot snapshot = Snapshot.parse(bound + ":" + bound + ":");

        long afterTheWrap = snapshot.extend(7);

        assertThat(afterTheWrap).isEqualTo((3L << 32) + 7);
        assertThat(snapshot.sees(afterTheWrap)).isFalse();
    }
}
