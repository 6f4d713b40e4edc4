package io.freshet.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.stream.kafka.InputGaps.Gap;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InputGapsTest {

    private static final TopicPartition INBOX = new TopicPartition("inbox", 1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static InputGaps at(OptionalLong committed, long begin, long otherwise) {
        return InputGaps.of(INBOX, new Kept(committed, begin), otherwise);
    }

    @Test
    void shouldFindWhatWasRemovedWhileNobodyRead() {
        // given
        InputGaps gaps = at(OptionalLong.of(5), 9, 0);
        // when
        Optional<Gap> gap = gaps.before(9);
        // then
        assertThat(gap).contains(new Gap(INBOX, 5, 9));
        assertThat(gaps.before(10)).isEmpty();
    }

    @Test
    void shouldFindWhatWasRemovedInFrontOfAReader() {
        // given
        InputGaps gaps = at(OptionalLong.of(5), 20, 0);
        gaps.before(5);
        // when
        Optional<Gap> gap = gaps.before(20);
        // then
        assertThat(gap).contains(new Gap(INBOX, 6, 20));
    }

    @Test
    void shouldTakeAHoleThatATransactionLeftForNone() {
        // given
        InputGaps gaps = at(OptionalLong.of(5), 0, 0);
        gaps.before(5);
        // when
        Optional<Gap> gap = gaps.before(8);
        // then
        assertThat(gap).isEmpty();
    }

    @Test
    void shouldFindWhatAGroupWithoutOffsetsNeverRead() {
        assertThat(at(OptionalLong.empty(), 7, 0).before(7)).contains(new Gap(INBOX, 0, 7));
        assertThat(at(OptionalLong.empty(), 7, 7).before(7)).isEmpty();
        assertThat(at(OptionalLong.empty(), 0, 0).before(0)).isEmpty();
    }

    @Test
    void shouldNotTakeReadingAgainForALoss() {
        // given
        InputGaps gaps = at(OptionalLong.of(5), 0, 0);
        gaps.before(5);
        gaps.before(6);
        // when
        Optional<Gap> gap = gaps.before(5);
        // then
        assertThat(gap).isEmpty();
        assertThat(gaps.before(7)).isEmpty();
    }

    @Test
    void shouldInvalidateEveryNamespaceInPlaceOfWhatWasLost() {
        // given
        var gap = new Gap(INBOX, 5, 9);
        var names = Set.of(new Namespace("b"), new Namespace("a"));
        // when
        var barrier = InboxBarrier.of(gap, () -> Optional.of(names), NOW);
        // then
        assertThat(barrier)
                .allSatisfy(record -> {
                    assertThat(record.via()).isEqualTo(new InboxPosition(1, 8));
                    assertThat(((Event.Invalidation) record.event()).mode()).isEqualTo(Mode.HARD);
                })
                .extracting(record -> ((Event.Invalidation) record.event()).target())
                .containsExactly(
                        new Target.OfNamespace(new Namespace("a")),
                        new Target.OfNamespace(new Namespace("b")));
    }

    @Test
    void shouldWaitWhileTheNamespacesAreUnknown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> InboxBarrier.of(new Gap(INBOX, 5, 9), Optional::empty, NOW))
                .withMessageContaining("waiting for the catalog");
    }
}
