package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event.Heartbeat;
import io.freshet.contracts.id.Lsn;
import io.freshet.engine.log.Watermarks.Watermark;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Watermarks watermarks = new Watermarks(2, 2);

    @Test
    void shouldPromiseNothingBeforeEachInboxPartitionWasHeard() {
        // given
        watermarks.heartbeat(0, 0, beat(100, 0));

        // when
        var watermark = watermarks.watermark("primary", 0);

        // then
        assertThat(watermark).isEmpty();
        assertThat(watermarks.age("primary", NOON)).isEmpty();
        assertThat(watermarks.age("unheard", NOON)).isEmpty();
    }

    @Test
    void shouldPromiseTheLeastOfItsInboxPartitions() {
        // given
        watermarks.heartbeat(0, 0, beat(100, 1));
        watermarks.heartbeat(0, 1, beat(90, 0));

        // when
        var watermark = watermarks.watermark("primary", 0);

        // then
        assertThat(watermark).contains(new Watermark(new Lsn(90), NOON));
        assertThat(watermarks.age("primary", 0, NOON.plusSeconds(3)))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void shouldBeAsOldAsItsOldestLogPartition() {
        // given
        for (int inbox = 0; inbox < 2; inbox++) {
            watermarks.heartbeat(0, inbox, beat(100, 5));
            watermarks.heartbeat(1, inbox, beat(90, 2));
        }

        // when
        var age = watermarks.age("primary", NOON.plusSeconds(6));

        // then
        assertThat(age).contains(Duration.ofSeconds(4));
    }

    @Test
    void shouldIgnoreARepeatedHeartbeat() {
        // given
        watermarks.heartbeat(0, 0, beat(100, 5));
        watermarks.heartbeat(0, 1, beat(100, 5));

        // when
        watermarks.heartbeat(0, 1, beat(90, 4));

        // then
        assertThat(watermarks.watermark("primary", 0))
                .contains(new Watermark(new Lsn(100), NOON.plusSeconds(5)));
    }

    @Test
    void shouldBelieveADatabaseThatWasRewound() {
        // given
        watermarks.heartbeat(0, 0, beat(100, 5));
        watermarks.heartbeat(0, 1, beat(100, 5));

        // when
        watermarks.heartbeat(0, 1, beat(40, 6));

        // then
        assertThat(watermarks.watermark("primary", 0).map(Watermark::lsn)).contains(new Lsn(40));
    }

    @Test
    void shouldKeepSourcesApart() {
        // given
        watermarks.heartbeat(0, 0, beat(100, 5));
        watermarks.heartbeat(0, 1, new Heartbeat("archive", new Lsn(1), NOON));

        // when
        var sources = watermarks.sources();

        // then
        assertThat(sources).containsExactlyInAnyOrder("primary", "archive");
        assertThat(watermarks.watermark("primary", 0)).isEmpty();
    }

    private static Heartbeat beat(long lsn, int secondsPastNoon) {
        return new Heartbeat("primary", new Lsn(lsn), NOON.plusSeconds(secondsPastNoon));
    }
}
