package io.freshet.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for the room of keys, against what they really take. */
class KeyBytesTest {

    private static final EntryKey FIRST = new EntryKey("first");

    @ParameterizedTest
    @ValueSource(strings = {"k", "user_123", "\"\"\\\\", "\u00fc", "\u6f22\u5b57", "\ud83d\ude00"})
    void shouldNeverBeLessThanWhatAKeyTakes(String value) {
        // given
        var key = new EntryKey(value);

        // when
        int added = bytesOf(FIRST, FIRST, key) - bytesOf(FIRST, FIRST);

        // then
        assertThat(KeyBytes.of(key)).isGreaterThanOrEqualTo(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_123", "\u6f22\u5b57"})
    void shouldBeTheSumOfThoseOfEachKey(String value) {
        var key = new EntryKey(value);

        assertThat(KeyBytes.of(List.of(FIRST, key)))
                .isEqualTo(KeyBytes.of(FIRST) + KeyBytes.of(key));
    }

    private static int bytesOf(EntryKey... keys) {
        return Codecs.EVENT.encode(
                        new Event.Replaced(
                                new Namespace("users"), List.of(keys), "node", Instant.EPOCH))
                .length;
    }
}
