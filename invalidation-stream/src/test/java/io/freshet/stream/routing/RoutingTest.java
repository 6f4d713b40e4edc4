package io.freshet.stream.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.topic.Partitioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

    private static final InboxPosition VIA = new InboxPosition(3, 42);
    private static final Instant RECORDED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant HAPPENED = Instant.parse("2025-12-31T23:59:59Z");
    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey ROME = new EntryKey("rome");

    private final Routing routing = new Routing(1024, Producers.everybody());
    private final Headers noHeaders = new RecordHeaders();

    private static Event.Invalidation invalidation(
            @Nullable String id, @Nullable Instant at, Target target) {
        return new Event.Invalidation(
                id, target, Mode.HARD, null, Cause.of(Cause.Kind.KAFKA, null, null), at);
    }

    private Routed route(Event event) {
        return routing.route(Codecs.EVENT.encode(event), noHeaders, VIA, RECORDED);
    }

    @Test
    void shouldCompleteWhatTheProducerLeftOut() {
        // given
        Target key = new Target.OfKey(CITIES, ROME);
        // when
        Routed routed = route(invalidation(null, null, key));
        // then
        assertThat(routed)
                .isEqualTo(
                        new Routed.ToLog(new LogRecord(invalidation("3:42", RECORDED, key), VIA)));
    }

    @Test
    void shouldKeepWhatTheProducerSaid() {
        // given
        var event = invalidation("mine", HAPPENED, new Target.OfTag(CITIES, new Tag("italy")));
        // when
        Routed routed = route(event);
        // then
        assertThat(routed).isEqualTo(new Routed.ToLog(new LogRecord(event, VIA)));
    }

    @Test
    void shouldHandOnHeartbeatsAndReplacements() {
        // given
        var heartbeat = new Event.Heartbeat("primary", new Lsn(7), HAPPENED);
        var replaced = new Event.Replaced(CITIES, ROME, "node", HAPPENED);
        // when
        Routed first = route(heartbeat);
        Routed second = route(replaced);
        // then
        assertThat(first).isEqualTo(new Routed.ToLog(new LogRecord(heartbeat, VIA)));
        assertThat(second).isEqualTo(new Routed.ToLog(new LogRecord(replaced, VIA)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not-json        | hello",
                "not-json        | ''",
                "not-json        | []",
                "unknown-version | {\"schema\":9,\"type\":\"key\"}",
                "unknown-type    | {\"schema\":1,\"type\":\"planet\",\"namespace\":\"n\"}",
                "missing-field   | {\"schema\":1,\"type\":\"key\",\"namespace\":\"n\"}",
                "illegal-value   | {\"schema\":1,\"type\":\"key\",\"namespace\":\"n\",\"key\":\"\"}",
                "unknown-field   | {\"schema\":1,\"type\":\"namespace\",\"namespace\":\"n\",\"x\":1}"
            })
    void shouldSetAsideWhatCannotBeRead(String reason, String value) {
        // when
        Routed routed = routing.route(value.getBytes(UTF_8), noHeaders, VIA, RECORDED);
        // then
        assertThat(routed)
                .isInstanceOfSatisfying(
                        Routed.ToDeadLetters.class,
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(reason);
                            assertThat(letter.message()).isNotBlank();
                        });
    }

    @Test
    void shouldSetAsideWhatHasNoValueOrIsTooLarge() {
        // when
        Routed none = routing.route(null, noHeaders, VIA, RECORDED);
        Routed large = routing.route(new byte[1025], noHeaders, VIA, RECORDED);
        // then
        assertThat(none).isEqualTo(new Routed.ToDeadLetters("not-json", "the record has no value"));
        assertThat(large)
                .isEqualTo(
                        new Routed.ToDeadLetters(
                                "too-large", "1025 bytes are more than the 1024 allowed"));
    }

    @Test
    void shouldNeverThrowWhateverComes() {
        byte[] whole =
                Codecs.EVENT.encode(
                        invalidation(
                                "id",
                                HAPPENED,
                                new Target.OfPattern(CITIES, new KeyPattern("a[b-d]*"))));
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] bytes =
                    mutated(whole, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            assertThatCode(() -> routing.route(bytes, noHeaders, VIA, RECORDED))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] mutated(byte[] whole, RandomGenerator random) {
        byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
        if (random.nextBoolean()) {
            bytes = whole.clone();
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void shouldPlaceEventsOfAKeyInItsPartitionAndOthersInEvery() {
        // given
        var partitioning = new Partitioning(4, 64);
        var placement = new Placement(partitioning);
        Set<Integer> home = Set.of(partitioning.partitionOf(CITIES, ROME));
        // when
        Set<Integer> key =
                placement.partitionsOf(invalidation(null, null, new Target.OfKey(CITIES, ROME)));
        Set<Integer> replaced =
                placement.partitionsOf(new Event.Replaced(CITIES, ROME, "node", HAPPENED));
        Set<Integer> namespace =
                placement.partitionsOf(invalidation(null, null, new Target.OfNamespace(CITIES)));
        Set<Integer> heartbeat =
                placement.partitionsOf(new Event.Heartbeat("primary", new Lsn(7), HAPPENED));
        // then
        assertThat(key).isEqualTo(home);
        assertThat(replaced).isEqualTo(home);
        assertThat(namespace).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(heartbeat).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void shouldGiveEachPartitionTheKeysThatLiveThere() {
        // given
        var partitioning = new Partitioning(4, 64);
        var placement = new Placement(partitioning);
        List<EntryKey> keys = IntStream.range(0, 20).mapToObj(i -> new EntryKey("k" + i)).toList();
        var record =
                new LogRecord(invalidation("i", HAPPENED, new Target.OfKeys(CITIES, keys)), VIA);
        // when
        List<LogRecord> parts = placement.parts(record);
        // then
        assertThat(parts).hasSize(4);
        assertThat(parts)
                .allSatisfy(part -> {
                    assertThat(placement.partitionsOf(part.event())).hasSize(1);
                    assertThat(part.via()).isEqualTo(VIA);
                });
        assertThat(parts)
                .flatExtracting(part -> ((Event.Invalidation) part.event()).each())
                .containsExactlyInAnyOrderElementsOf(((Event.Invalidation) record.event()).each());
        // and
        LogRecord one = parts.getFirst();
        assertThat(placement.parts(one)).containsExactly(one);
    }

    @Test
    void shouldHaveEveryReasonOnThePageOfEvents() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "events.md"));
        assertThat(Routing.reasons())
                .allSatisfy(reason ->
                        assertThat(page)
                                .containsPattern("(?m)^\\| `" + reason + "` \\| [^|]+ \\|$"));
    }
}
