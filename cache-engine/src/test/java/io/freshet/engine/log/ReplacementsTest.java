package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplacementsTest {

    private static final Namespace SESSIONS = new Namespace("sessions");
    private static final Namespace CARTS = new Namespace("carts");

    @Test
    void shouldNameEachKeyOnceInOneEventOfEachNamespace() {
        // given
        var events =
                List.of(
                        replaced(SESSIONS, "s1", 1),
                        replaced(CARTS, "c1", 2),
                        replaced(SESSIONS, "s2", 3),
                        replaced(SESSIONS, "s1", 4));

        // when
        List<Event.Replaced> together = Replacements.together(events);

        // then
        var last = Instant.ofEpochSecond(4);
        assertThat(together)
                .containsExactly(
                        new Event.Replaced(
                                SESSIONS,
                                List.of(new EntryKey("s1"), new EntryKey("s2")),
                                "node",
                                last),
                        new Event.Replaced(CARTS, new EntryKey("c1"), "node", last));
    }

    private static Event.Replaced replaced(Namespace namespace, String key, long second) {
        return new Event.Replaced(
                namespace, new EntryKey(key), "node", Instant.ofEpochSecond(second));
    }
}
