package io.freshet.engine.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.EntryHeader.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {

    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");

    @ParameterizedTest
    @ValueSource(strings = {"value", "absent"})
    void shouldWriteTheBytesThatTheGoldenFileHolds(String kind) throws Exception {
        // given
        Entry entry = kind.equals("value") ? VALUE : ABSENT;

        // when
        byte[] encoded = EntryCodec.encode(entry);

        // then
        assertThat(encoded).isEqualTo(golden("entry-v1-" + kind + ".hex"));
        assertThat(EntryCodec.decode(golden("entry-v1-" + kind + ".hex"))).isEqualTo(entry);
    }

    @Test
    void shouldTakeEveryByteAndEveryLengthAsAValue() throws Exception {
        // given
        byte[] everyByte = new byte[70_000];
        IntStream.range(0, everyByte.length).forEach(i -> everyByte[i] = (byte) i);

        // when
        Entry decoded = EntryCodec.decode(EntryCodec.encode(new Entry(VALUE.header(), everyByte)));

        // then
        assertThat(decoded.value()).isEqualTo(everyByte);
        assertThat(EntryCodec.decode(EntryCodec.encode(new Entry(VALUE.header(), new byte[0]))))
                .isEqualTo(new Entry(VALUE.header(), new byte[0]));
    }

    @Test
    void shouldLeaveWhatStandsBeforeTheEntryInTheBufferAlone() throws Exception {
        // given
        byte[] encoded = EntryCodec.encode(VALUE);
        ByteBuffer buffer = ByteBuffer.allocateDirect(encoded.length + 7).put(new byte[7]);
        buffer.put(encoded).flip().position(7);

        // when
        Entry decoded = EntryCodec.decode(buffer);

        // then
        assertThat(decoded).isEqualTo(VALUE);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT1H11M34.967295S, PT1H11M34.967295S", "PT2H, PT1H11M34.967295S", "PT-1S, PT0S"})
    void shouldSaturateTheLoadCost(Duration cost, Duration kept) throws Exception {
        // given
        Entry entry = new Entry(header(Kind.VALUE, cost, "text/plain", Set.of()), new byte[1]);

        // when
        Entry decoded = EntryCodec.decode(EntryCodec.encode(entry));

        // then
        assertThat(decoded.header().loadCost()).isEqualTo(kept);
    }

    @Test
    void shouldKeepTheLargestStamps() throws Exception {
        // given
        var largest = new Stamp((1L << 52) - 1);
        Entry entry = new Entry(VALUE.header().withStamp(largest), VALUE.value());

        // when
        Entry decoded = EntryCodec.decode(EntryCodec.encode(entry));

        // then
        assertThat(decoded.header().stamp()).isEqualTo(largest);
    }

    @Test
    void shouldRefuseToWriteATooLongContentTypeOrTooManyTags() {
        // given
        var longType = header(Kind.VALUE, Duration.ZERO, "a".repeat(256), Set.of());
        Set<Tag> many =
                IntStream.range(0, 300)
                        .mapToObj(i -> new Tag("%0255d".formatted(i)))
                        .collect(Collectors.toSet());
        var manyTags = header(Kind.VALUE, Duration.ZERO, "text/plain", many);

        // then
        assertThatThrownBy(() -> EntryCodec.encode(new Entry(longType, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> EntryCodec.encode(new Entry(manyTags, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 KiB");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 02, format version 2",
        "0, 7b, format version 123",
        "1, 07, kind 7",
        "3, 01, flags 1",
        "4, 7f, not a stamp",
        "12, ff, not a stamp",
        "49, 00, says it has 0",
        "50, ff, ends inside",
        "50, 00, ends inside",
        "68, ff, ends inside",
    })
    void shouldSayWhatIsWrongWithDamagedBytes(int at, String with, String reason) {
        // given
        byte[] damaged = EntryCodec.encode(VALUE);
        damaged[at] = HexFormat.of().parseHex(with)[0];

        // then
        assertThatThrownBy(() -> EntryCodec.decode(damaged))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseEveryEntryThatIsCutInItsHeader() {
        // given
        byte[] whole = EntryCodec.encode(ABSENT);

        // then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(CorruptEntryException.class);
        }
    }

    @Test
    void shouldRefuseAValueInAnAbsentEntry() {
        // given
        byte[] encoded = EntryCodec.encode(new Entry(ABSENT.header(), new byte[1]));

        // then
        assertThatThrownBy(() -> EntryCodec.decode(encoded))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining("absent");
    }

    private static final Entry VALUE =
            new Entry(
                    header(
                            Kind.VALUE,
                            Duration.ofNanos(1_234_567),
                            EntryHeader.JSON,
                            Set.of(new Tag("country:CH"), new Tag("région:Zürich"))),
                    "{\"city\":\"Zürich\"}".getBytes(UTF_8));

    private static final Entry ABSENT =
            new Entry(header(Kind.ABSENT, Duration.ZERO, "text/plain", Set.of()), new byte[0]);

    private static EntryHeader header(Kind kind, Duration cost, String contentType, Set<Tag> tags) {
        return new EntryHeader(
                kind,
                Stamp.of(1, 42),
                Stamp.of(0, 7),
                CREATED,
                CREATED.plusSeconds(60),
                CREATED.plusSeconds(3600),
                cost.isNegative() ? cost : cost.truncatedTo(java.time.temporal.ChronoUnit.MICROS),
                contentType,
                tags);
    }

    private static byte[] golden(String name) throws IOException {
        try (var in = EntryCodecTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            String hex =
                    new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").replace(" ", ""))
                            .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        }
    }
}
