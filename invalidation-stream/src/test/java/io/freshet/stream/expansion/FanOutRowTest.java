package io.freshet.stream.expansion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.position.InboxPosition;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next version of the service has to read, and what the one before wrote. */
class FanOutRowTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final FanOutProgress progress =
            new FanOutProgress(
                    new InboxPosition(0, 7),
                    Scene.at(8),
                    Scene.tag("europe"),
                    Mode.HARD,
                    FanOutProgress.State.RUNNING,
                    300,
                    NOON,
                    NOON);

    private final RowKey rome = RowKey.ofParts("cities", "europe", "rome");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadWhatItWrites(boolean all) {
        // given
        var row = new FanOutRow(progress, new Reach(rome, all, 300), RowKey.ofParts("cities", "a"));
        // when
        FanOutRow read = FanOutRow.decode(row.encode());
        // then
        assertThat(read).isEqualTo(row);
    }

    @Test
    void shouldReadOneThatHasOnlyBegun() {
        // given
        var row = new FanOutRow(progress, new Reach(null, false, 300), null);
        // when
        FanOutRow read = FanOutRow.decode(row.encode());
        // then
        assertThat(read).isEqualTo(row);
    }

    @Test
    void shouldGoOnBehindWhatAnOlderVersionHadForgotten() {
        // given
        byte[] json = Codecs.FAN_OUT.encode(progress);
        byte[] forgotten = "cities\0europe\0rome".getBytes(UTF_8);
        byte[] old =
                ByteBuffer.allocate(1 + Short.BYTES + forgotten.length + json.length)
                        .put((byte) 2)
                        .putShort((short) forgotten.length)
                        .put(forgotten)
                        .put(json)
                        .array();
        // when
        FanOutRow read = FanOutRow.decode(old);
        // then
        assertThat(read).isEqualTo(new FanOutRow(progress, new Reach(rome, false, 300), rome));
    }

    @Test
    void shouldRefuseAnUnknownFormat() {
        assertThatThrownBy(() -> FanOutRow.decode(new byte[] {9}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unknown format 9");
    }
}
