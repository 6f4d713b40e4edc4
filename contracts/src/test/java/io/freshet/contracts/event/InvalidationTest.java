package io.freshet.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which invalidations say what the entry's source now holds. */
class InvalidationTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey ROME = new EntryKey("rome");
    private static final Target KEY = new Target.OfKey(CITIES, ROME);
    private static final Lsn LSN = new Lsn(7);
    private static final NewRow ROW = new NewRow("{}", Set.of());

    static Stream<Arguments> othersThanAHardOneOfAKeyWithItsLsn() {
        return Stream.of(
                Arguments.of(KEY, Mode.SOFT, LSN),
                Arguments.of(KEY, Mode.HARD, null),
                Arguments.of(new Target.OfKeys(CITIES, List.of(ROME)), Mode.HARD, LSN),
                Arguments.of(new Target.OfNamespace(CITIES), Mode.HARD, LSN));
    }

    @Test
    void shouldTellARowInAHardOneOfAKeyWithItsLsn() {
        // when
        Event event = invalidation(KEY, Mode.HARD, LSN, ROW);

        // then
        assertThat(Codecs.EVENT.decode(Codecs.EVENT.encode(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("othersThanAHardOneOfAKeyWithItsLsn")
    void shouldTellARowInNoOther(Target target, Mode mode, @Nullable Lsn lsn) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> invalidation(target, mode, lsn, ROW))
                .withMessageContaining("a row stands only in");
    }

    @ParameterizedTest
    @MethodSource("othersThanAHardOneOfAKeyWithItsLsn")
    void shouldBeReadWithARowInNoOther(Target target, Mode mode, @Nullable Lsn lsn) {
        // given
        var json = new String(Codecs.EVENT.encode(invalidation(target, mode, lsn, null)), UTF_8);
        String withRow =
                json.substring(0, json.length() - 1) + ",\"row\":{\"json\":\"{}\",\"tags\":[]}}";

        // when / then
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Codecs.EVENT.decode(withRow.getBytes(UTF_8)))
                .withMessageContaining("stands only in");
    }

    private static Event.Invalidation invalidation(
            Target target, Mode mode, @Nullable Lsn lsn, @Nullable NewRow row) {
        var cause = new Cause(Cause.Kind.CDC, "primary", 4711L, "cities");
        return new Event.Invalidation(null, target, mode, lsn, cause, Instant.EPOCH, row);
    }
}
