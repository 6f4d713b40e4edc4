package io.freshet.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import io.freshet.stream.expansion.Pace;
import io.freshet.stream.expansion.RowImages;
import io.freshet.stream.expansion.RowTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expansion on real stores, fed by Kafka Streams. */
class ExpanderTopologyTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final int EPOCH = 1;
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration PROGRESS = Duration.ofMillis(200);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Topics topics = new Topics("freshet", new Partitioning(1, 1), (short) 1);
    private final Observer observer = new Observer();
    private final CommitWatch commits = new CommitWatch();
    private final OutstandingWork work = new OutstandingWork(observer);
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, LogRecord> log;
    private final TestInputTopic<String, Registrations> entries;
    private final TestOutputTopic<String, Eviction> evictions;
    private final TestOutputTopic<String, ScopeRecord> scopes;
    private final TestInputTopic<String, FanOutOrder> orders;
    private final TestOutputTopic<String, FanOutProgress> progress;
    private long position;

    private static final RowTerms.Terms TERMS = new RowTerms.Terms(Duration.ofHours(1), 1024);

    private static final class Observer implements ExpanderObserver {
        private final List<Long> fanOuts = new ArrayList<>();
        private final List<Supplier<Stamp>> positions = new ArrayList<>();

        @Override
        public void opened(int partition, Supplier<Stamp> reached, BooleanSupplier hasWork) {
            positions.add(reached);
        }

        @Override
        public void closed(int partition) {
            positions.clear();
        }

        @Override
        public void fannedOut(long keys, Duration took) {
            fanOuts.add(keys);
        }

        @Override
        public void rowRefused(RowImages.Reason reason) {}
    }

    ExpanderTopologyTest(@TempDir Path directory) {
        var settings =
                new StreamsSettings(
                        new KafkaAccess("nowhere:1", "test", null, Duration.ofSeconds(10)),
                        directory,
                        Duration.ofSeconds(1),
                        0,
                        1);
        var expander =
                new ExpanderTopology.Settings(
                        EPOCH, new Pace(100, 30, 1000, Pace.UNBOUNDED), STEP, PROGRESS, SWEEP);
        var topology =
                new ExpanderTopology(
                                topics,
                                expander,
                                commits,
                                () -> now(),
                                new ExpanderTopology.Surroundings(_ -> TERMS, work),
                                new ExpanderTopology.Input(
                                        topics.log().name(),
                                        topics.entries().name(),
                                        new Kept(OptionalLong.empty(), 0),
                                        (_, _, _, _) -> {}))
                        .build();
        driver = new TopologyTestDriver(topology, settings.expander(commits));
        log = input(topics.log());
        entries = input(topics.entries());
        evictions = output(topics.evictions());
        scopes = output(topics.scopes());
        orders = input(topics.fanOutOrders());
        progress = output(topics.fanOuts());
    }

    private Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    private <T> TestInputTopic<String, T> input(TopicSpec<T> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), topic.serde().serializer());
    }

    private <T> TestOutputTopic<String, T> output(TopicSpec<T> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), topic.serde().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private Stamp invalidate(Target target) {
        return write(
                new Event.Invalidation(
                        "id",
                        target,
                        Mode.HARD,
                        null,
                        Cause.of(Cause.Kind.REST, null, null),
                        now()));
    }

    private Stamp write(Event event) {
        log.pipeInput(new LogRecord(event, new InboxPosition(0, position)));
        return Stamp.of(EPOCH, ++position);
    }

    private void register(String key, String... tags) {
        entries.pipeInput(Registrations.of(registration(key, tags)));
    }

    private Registration registration(String key, String... tags) {
        return new Registration(
                CITIES,
                new EntryKey(key),
                Stamp.of(EPOCH, 0),
                Arrays.stream(tags).map(Tag::new).collect(Collectors.toSet()),
                now().plus(Duration.ofHours(1)));
    }

    private List<String> evictedKeys() {
        return evictions.readValuesToList().stream()
                .filter(Eviction.Keys.class::isInstance)
                .flatMap(eviction -> ((Eviction.Keys) eviction).keys().stream())
                .map(EntryKey::value)
                .toList();
    }

    @Test
    void shouldTakeThePositionFromTheOffset() {
        // given
        write(new Event.Heartbeat("primary", new Lsn(1), now()));
        // when
        invalidate(new Target.OfKey(CITIES, new EntryKey("rome")));
        // then
        assertThat(evictions.readValue())
                .isEqualTo(
                        new Eviction.Keys(
                                CITIES,
                                List.of(new EntryKey("rome")),
                                Mode.HARD,
                                Stamp.of(EPOCH, 2),
                                Stamp.of(EPOCH, 2)));
        assertThat(observer.positions.getFirst().get()).isEqualTo(Stamp.of(EPOCH, 2));
    }

    @Test
    void shouldScanTagsAndPatternsOfRealStores() {
        // given keys whose bytes are not in the order of their characters
        register("it:rome", "italy");
        register("it:r\u00f6m", "italy");
        register("it:r\uD83D\uDE00", "italy");
        entries.pipeInput(
                new Registrations(
                        List.of(registration("it:s", "italy"), registration("no:oslo", "norway"))));
        // when
        invalidate(new Target.OfPattern(CITIES, new KeyPattern("it:r*")));
        List<String> byPattern = evictedKeys();
        invalidate(new Target.OfTag(CITIES, new Tag("italy")));
        List<String> byTag = evictedKeys();
        // then
        assertThat(byPattern)
                .containsExactlyInAnyOrder("it:rome", "it:r\u00f6m", "it:r\uD83D\uDE00");
        assertThat(byTag)
                .containsExactlyInAnyOrder("it:rome", "it:r\u00f6m", "it:r\uD83D\uDE00", "it:s");
    }

    @Test
    void shouldFanOutInStepsAndLetKeyEventsPass() {
        // given
        IntStream.range(0, 1000).forEach(i -> register("city%04d".formatted(i), "europe"));
        // when
        invalidate(new Target.OfTag(CITIES, new Tag("europe")));
        invalidate(new Target.OfKey(CITIES, new EntryKey("rome")));
        // then
        assertThat(evictedKeys()).hasSize(101).endsWith("rome");
        driver.advanceWallClockTime(STEP);
        assertThat(evictedKeys()).hasSize(100);
        for (int i = 0; i < 10; i++) {
            driver.advanceWallClockTime(STEP);
        }
        assertThat(evictedKeys()).hasSize(800);
        assertThat(observer.fanOuts).containsExactly(1000L);
    }

    @Test
    void shouldTellHowFarAFanOutIsAndTakeOrders() {
        // given
        IntStream.range(0, 1000).forEach(i -> register("city%04d".formatted(i), "europe"));
        Stamp purge = invalidate(new Target.OfTag(CITIES, new Tag("europe")));
        var id = new InboxPosition(0, purge.position() - 1);
        // when
        orders.pipeInput(new FanOutOrder(id, FanOutOrder.Action.PAUSE, "me", now()));
        driver.advanceWallClockTime(PROGRESS);
        boolean workWhilePaused = work.isAny();
        orders.pipeInput(new FanOutOrder(id, FanOutOrder.Action.RESUME, "me", now()));
        driver.advanceWallClockTime(STEP);
        boolean workWhileRunning = work.isAny();
        orders.pipeInput(new FanOutOrder(id, FanOutOrder.Action.CANCEL, "me", now()));
        driver.advanceWallClockTime(PROGRESS);
        // then
        assertThat(workWhilePaused).isFalse();
        assertThat(workWhileRunning).isTrue();
        assertThat(work.isAny()).isFalse();
        assertThat(evictedKeys()).hasSize(200);
        assertThat(progress.readRecordsToList())
                .allSatisfy(record -> assertThat(record.key()).isEqualTo(id + "/" + purge.packed()))
                .extracting(record -> record.value().state(), record -> record.value().keys())
                .containsExactly(tuple(State.PAUSED, 100L), tuple(State.CANCELLED, 200L));
    }

    @Test
    void shouldWriteScopesUnderTheirKeysBeforeTheProgress() {
        // when
        Stamp purge = invalidate(new Target.OfTag(CITIES, new Tag("italy")));
        driver.advanceWallClockTime(PROGRESS);
        // then
        assertThat(scopes.readRecordsToList())
                .extracting(TestRecord::key, TestRecord::value)
                .containsExactly(
                        tuple(
                                "tag/cities/italy",
                                new ScopeRecord.Position(
                                        new Target.OfTag(CITIES, new Tag("italy")),
                                        purge,
                                        Stamp.ZERO)),
                        tuple("progress", new ScopeRecord.Progress(purge)));
        assertThat(evictions.readValue()).isEqualTo(new Eviction.Progress(purge));
    }
}
