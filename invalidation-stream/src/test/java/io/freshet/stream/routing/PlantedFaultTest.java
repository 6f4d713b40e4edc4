package io.freshet.stream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlantedFaultTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldLoseOneInvalidationInSoMany() {
        var fault = new PlantedFault(2, 0);

        assertThat(fault.pass(invalidation(1), NOW)).containsExactly(invalidation(1));
        assertThat(fault.pass(heartbeat(2), NOW)).containsExactly(heartbeat(2));
        assertThat(fault.pass(invalidation(3), NOW)).isEmpty();
        assertThat(fault.pass(invalidation(4), NOW)).containsExactly(invalidation(4));
    }

    @Test
    void shouldLetHeartbeatsOvertakeWhatItHoldsBack() {
        var fault = new PlantedFault(0, 1);

        assertThat(fault.pass(invalidation(1), NOW)).isEmpty();
        assertThat(fault.pass(heartbeat(2), NOW.plusSeconds(9))).containsExactly(heartbeat(2));
        assertThat(fault.pass(heartbeat(3), NOW.plusSeconds(10)))
                .containsExactly(invalidation(1), heartbeat(3));
    }

    private static LogRecord invalidation(int offset) {
        return new LogRecord(
                new Event.Invalidation(
                        "id",
                        new Target.OfKey(new Namespace("cities"), new EntryKey("rome")),
                        Mode.HARD,
                        null,
                        Cause.of(Cause.Kind.KAFKA, null, null),
                        NOW),
                new InboxPosition(0, offset));
    }

    private static LogRecord heartbeat(int offset) {
        return new LogRecord(
                new Event.Heartbeat("primary", new Lsn(1), NOW), new InboxPosition(0, offset));
    }
}
