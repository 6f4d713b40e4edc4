package io.freshet.engine.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchesTest {

    private static final NamespaceConfig USERS = NamespaceConfig.of(new Namespace("users"));

    @Test
    void shouldCountReadsOfAKey() {
        // given
        var touches = new Touches(64);

        // when
        for (int i = 0; i < 3; i++) {
            touches.read(USERS, new EntryKey("alice"));
        }

        // then
        assertThat(touches.drain())
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.key()).isEqualTo(new EntryKey("alice"));
                    assertThat(note.reads()).isEqualTo(3);
                });
        assertThat(touches.drain()).isEmpty();
    }

    @Test
    void shouldNoteASampleWhenThereAreMoreKeysThanPlaces() {
        // given
        var touches = new Touches(16);

        // when
        for (int i = 0; i < 1_000; i++) {
            touches.read(USERS, new EntryKey("k" + i));
        }

        // then
        List<Touches.Note> notes = touches.drain();
        assertThat(notes).hasSize(16);
    }
}
