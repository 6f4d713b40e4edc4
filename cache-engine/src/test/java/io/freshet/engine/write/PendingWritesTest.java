package io.freshet.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.engine.log.PlacedWrite;
import io.freshet.engine.write.PendingWrites.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingWritesTest {

    private static final Namespace NOTES = new Namespace("notes");
    private static final EntryKey KEY = new EntryKey("k");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final InboxPosition TOKEN = new InboxPosition(0, 9);

    private final PendingWrites pending = new PendingWrites(2);

    private static PlacedWrite put(long offset, String json) {
        return new PlacedWrite(1, offset, new SourceWrite.Put(NOTES, KEY, json, AT));
    }

    private static PlacedWrite settled(long offset, long of, Instant at) {
        return new PlacedWrite(1, offset, new SourceWrite.Settled(NOTES, KEY, of, TOKEN, at));
    }

    private Pending found() {
        return Objects.requireNonNull(pending.find(NOTES, KEY));
    }

    @Test
    void shouldHoldTheNewestWriteOfAKey() {
        // when
        pending.own(put(6, "6"));
        pending.follow(put(5, "5"));

        // then
        assertThat(found().offset()).isEqualTo(6);
        assertThat(pending.unsettled()).isOne();
        assertThat(pending.oldest()).contains(AT);
    }

    @Test
    void shouldKeepWhatIsSettledUntilItWasReadBehindTheInvalidation() {
        // given
        pending.follow(put(5, "5"));

        // when
        pending.follow(settled(6, 5, AT));

        // then
        assertThat(found().token()).isEqualTo(TOKEN);
        assertThat(pending.unsettled()).isZero();
        pending.forget(NOTES, KEY, found());
        assertThat(pending.find(NOTES, KEY)).isNull();
        assertThat(pending.bytes()).isZero();
    }

    @Test
    void shouldNotBeSettledByAnEarlierWrite() {
        // given
        pending.follow(put(5, "5"));
        pending.follow(put(6, "6"));

        // when
        pending.follow(settled(7, 5, AT));

        // then
        assertThat(found().offset()).isEqualTo(6);
        assertThat(found().token()).isNull();
    }

    @Test
    void shouldNotTakeAnOwnWriteThatWasSettledAlready() {
        // given the log was faster than the acknowledgement
        pending.follow(put(5, "5"));
        pending.follow(settled(6, 5, AT));
        pending.forget(NOTES, KEY, found());

        // when
        pending.own(put(5, "5"));

        // then
        assertThat(pending.find(NOTES, KEY)).isNull();
    }

    @Test
    void shouldNotForgetAWriteThatCameAfterTheSettledOne() {
        // given
        pending.follow(put(5, "5"));
        pending.follow(settled(6, 5, AT));
        Pending settled = found();
        pending.follow(put(7, "7"));

        // when
        pending.forget(NOTES, KEY, settled);

        // then
        assertThat(found().offset()).isEqualTo(7);
    }

    @Test
    void shouldForgetWhatNobodyReads() {
        // given
        pending.follow(put(5, "5"));
        pending.follow(settled(6, 5, AT));
        var other = new EntryKey("other");
        Instant later = AT.plus(Duration.ofMinutes(2));

        // when
        pending.follow(
                new PlacedWrite(0, 0, new SourceWrite.Settled(NOTES, other, 0, TOKEN, later)));

        // then
        assertThat(pending.find(NOTES, KEY)).isNull();
        assertThat(pending.bytes()).isZero();
    }
}
