package io.freshet.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.codec.Codecs;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.Topics;
import io.freshet.stream.routing.Producers;
import io.freshet.stream.routing.Routing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTopologyTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Topics topics = new Topics("freshet", new Partitioning(4, 64), (short) 1);
    private final List<String> counted = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> inbox;
    private final TestOutputTopic<byte[], LogRecord> log;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    RouterTopologyTest(@TempDir Path directory) {
        var settings =
                new StreamsSettings(
                        new KafkaAccess("nowhere:1", "test", null, Duration.ofSeconds(10)),
                        directory,
                        Duration.ofSeconds(1),
                        0,
                        1);
        driver =
                new TopologyTestDriver(
                        new RouterTopology(
                                        topics,
                                        new Routing(64 * 1024, Producers.everybody()),
                                        counted::add,
                                        new RouterTopology.Input(
                                                topics.invalidations().name(),
                                                new Kept(OptionalLong.empty(), 0),
                                                Optional::empty,
                                                (_, _, _, _) -> {}))
                                .build(),
                        settings.router());
        var bytes = new ByteArrayDeserializer();
        inbox =
                driver.createInputTopic(
                        topics.invalidations().name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        log =
                driver.createOutputTopic(
                        topics.log().name(), bytes, topics.log().serde().deserializer());
        deadLetters = driver.createOutputTopic(topics.deadLetters().name(), bytes, bytes);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static Event.Invalidation key(String key) {
        return new Event.Invalidation(
                null,
                new Target.OfKey(CITIES, new EntryKey(key)),
                Mode.HARD,
                null,
                Cause.of(Cause.Kind.KAFKA, null, null),
                null);
    }

    private static Map<String, String> textOf(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .collect(
                        Collectors.toMap(
                                header -> header.key(),
                                header -> new String(header.value(), UTF_8)));
    }

    @Test
    void shouldWriteEventsToTheLogInTheirOrder() {
        // when
        inbox.pipeInput(new byte[0], Codecs.EVENT.encode(key("rome")), NOW);
        inbox.pipeInput(new byte[0], Codecs.EVENT.encode(key("oslo")), NOW);
        // then
        assertThat(log.readValuesToList())
                .extracting(record -> ((Event.Invalidation) record.event()).id())
                .containsExactly("0:0", "0:1");
    }

    @Test
    void shouldWriteARecordForEachPartitionOfSeveralKeys() {
        // given
        List<EntryKey> keys = IntStream.range(0, 20).mapToObj(i -> new EntryKey("k" + i)).toList();
        // when
        inbox.pipeInput(
                new byte[0],
                Codecs.EVENT.encode(
                        key("rome").about(new Target.OfKeys(new Namespace("cities"), keys))),
                NOW);
        // then
        List<LogRecord> written = log.readValuesToList();
        assertThat(written)
                .hasSizeGreaterThan(1)
                .extracting(LogRecord::via)
                .containsOnly(new InboxPosition(0, 0));
        assertThat(written)
                .flatExtracting(record -> ((Event.Invalidation) record.event()).target().each())
                .hasSize(20);
    }

    @Test
    void shouldTakeTheTimeOfTheRecordWhenTheEventHasNone() {
        // when
        inbox.pipeInput(new byte[0], Codecs.EVENT.encode(key("rome")), NOW);
        // then
        assertThat(log.readValue().event())
                .isInstanceOfSatisfying(
                        Event.Invalidation.class, event -> assertThat(event.at()).isEqualTo(NOW));
    }

    @Test
    void shouldSetMalformedRecordsAsideAsTheyCameAndGoOn() {
        // given
        byte[] value = "{\"schema\":1}".getBytes(UTF_8);
        var headers = new RecordHeaders().add("origin", "them".getBytes(UTF_8));
        // when
        inbox.pipeInput(new TestRecord<>("k".getBytes(UTF_8), value, headers, NOW));
        inbox.pipeInput(new byte[0], Codecs.EVENT.encode(key("rome")), NOW);
        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(textOf(letter.headers()))
                .isEqualTo(
                        Map.of(
                                "origin", "them",
                                "reason", "missing-field",
                                "message", "field 'type' is missing",
                                "source-topic", "freshet.invalidations",
                                "source-partition", "0",
                                "source-offset", "0"));
        assertThat(counted).containsExactly("missing-field");
        assertThat(log.getQueueSize()).isOne();
    }

    @Test
    void shouldCutWhatWouldNotFitWithItsReason() {
        // when
        inbox.pipeInput(new byte[10], new byte[1_000_000], NOW);
        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.value()).hasSize(64 * 1024);
        assertThat(letter.key()).hasSize(10);
        assertThat(textOf(letter.headers()))
                .containsEntry("reason", "too-large")
                .containsEntry("cut-from", "1000000");
    }

    @Test
    void shouldSetARecordWithoutKeyAndValueAside() {
        // when
        inbox.pipeInput(new TestRecord<>(null, null, NOW));
        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(textOf(letter.headers())).containsEntry("reason", "not-json");
    }
}
