package io.freshet.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.ConsistencyReport;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.NewRow;
import io.freshet.contracts.event.PopularityRecord;
import io.freshet.contracts.event.Registration;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.SourceWrite;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wire format, byte for byte: a changed golden file is a new schema version. */
class GoldenFileTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Stamp STAMP = Stamp.of(1, 42);
    private static final Stamp LATER = Stamp.of(1, 43);
    private static final EntryKey AMSTERDAM = new EntryKey("2759794");

    private static final Registration REGISTRATION =
            new Registration(
                    CITIES,
                    AMSTERDAM,
                    STAMP,
                    Set.of(new Tag("region:NL.07"), new Tag("country:NL")),
                    AT.plusSeconds(3600));

    private static final NewRow ROW =
            new NewRow(
                    "{\"id\":2759794,\"name\":\"Amsterdam\"}",
                    Set.of(new Tag("region:NL.07"), new Tag("country:NL")));

    static Stream<Arguments> formats() {
        return Stream.of(
                format(
                        "event-key",
                        Codecs.EVENT,
                        new Event.Invalidation(
                                "e-1",
                                new Target.OfKey(CITIES, AMSTERDAM),
                                Mode.HARD,
                                Lsn.parse("16/B374D848"),
                                new Cause(Cause.Kind.CDC, "primary", 4711L, "city-rows"),
                                AT)),
                format(
                        "event-row",
                        Codecs.EVENT,
                        new Event.Invalidation(
                                null,
                                new Target.OfKey(CITIES, AMSTERDAM),
                                Mode.HARD,
                                Lsn.parse("16/B374D848"),
                                new Cause(Cause.Kind.CDC, "primary", 4711L, "city-rows"),
                                AT,
                                ROW)),
                format(
                        "event-refresh",
                        Codecs.EVENT,
                        new Event.Invalidation(
                                null,
                                new Target.OfTag(CITIES, new Tag("country:NL")),
                                Mode.HARD,
                                Lsn.parse("16/B374D848"),
                                new Cause(Cause.Kind.CDC, "primary", 4711L, "country-names"),
                                AT,
                                null,
                                true)),
                format(
                        "event-keys",
                        Codecs.EVENT,
                        new Event.Invalidation(
                                null,
                                new Target.OfKeys(
                                        CITIES, List.of(AMSTERDAM, new EntryKey("2747891"))),
                                Mode.SOFT,
                                null,
                                new Cause(Cause.Kind.SQL, null, 4711L, null),
                                AT)),
                format(
                        "event-tag",
                        Codecs.EVENT,
                        invalidation(
                                new Target.OfTag(CITIES, new Tag("country:NL")),
                                Mode.SOFT,
                                Cause.of(Cause.Kind.REST, null, null))),
                format(
                        "event-pattern",
                        Codecs.EVENT,
                        invalidation(
                                new Target.OfPattern(CITIES, new KeyPattern("27*")),
                                Mode.HARD,
                                Cause.of(Cause.Kind.SQL, null, null))),
                format(
                        "event-namespace",
                        Codecs.EVENT,
                        invalidation(
                                new Target.OfNamespace(CITIES),
                                Mode.HARD,
                                Cause.of(Cause.Kind.BARRIER, "primary", "slot lost"))),
                format(
                        "event-replaced",
                        Codecs.EVENT,
                        new Event.Replaced(
                                new Namespace("sessions"), new EntryKey("s1"), "n1", AT)),
                format(
                        "event-replaced-several",
                        Codecs.EVENT,
                        new Event.Replaced(
                                new Namespace("sessions"),
                                List.of(new EntryKey("s1"), new EntryKey("s2")),
                                "n1",
                                AT)),
                format(
                        "event-heartbeat",
                        Codecs.EVENT,
                        new Event.Heartbeat("primary", new Lsn(1), AT)),
                format(
                        "log-record",
                        Codecs.LOG_RECORD,
                        new LogRecord(
                                invalidation(
                                        new Target.OfKey(CITIES, AMSTERDAM),
                                        Mode.HARD,
                                        Cause.of(Cause.Kind.KAFKA, null, null)),
                                new InboxPosition(3, 42))),
                format(
                        "registrations",
                        Codecs.REGISTRATIONS,
                        new Registrations(
                                List.of(
                                        REGISTRATION,
                                        new Registration(
                                                new Namespace("sessions"),
                                                new EntryKey("s1"),
                                                LATER,
                                                Set.of(),
                                                AT)))),
                format(
                        "eviction-keys",
                        Codecs.EVICTION,
                        new Eviction.Keys(
                                CITIES,
                                List.of(new EntryKey("1"), new EntryKey("2")),
                                Mode.HARD,
                                STAMP,
                                LATER)),
                format(
                        "eviction-replacement",
                        Codecs.EVICTION,
                        new Eviction.Replacement(
                                CITIES, AMSTERDAM, ROW, AT, AT.plusSeconds(3600), STAMP, LATER)),
                format("eviction-barrier", Codecs.EVICTION, new Eviction.Barrier(LATER)),
                format("eviction-progress", Codecs.EVICTION, new Eviction.Progress(LATER)),
                format(
                        "scope-position",
                        Codecs.SCOPE,
                        new ScopeRecord.Position(
                                new Target.OfTag(CITIES, new Tag("country:NL")),
                                STAMP,
                                Stamp.ZERO)),
                format("scope-progress", Codecs.SCOPE, new ScopeRecord.Progress(LATER)),
                format(
                        "fan-out",
                        Codecs.FAN_OUT,
                        new FanOutProgress(
                                new InboxPosition(3, 42),
                                STAMP,
                                new Target.OfTag(CITIES, new Tag("country:NL")),
                                Mode.HARD,
                                FanOutProgress.State.RUNNING,
                                1234,
                                AT,
                                AT.plusSeconds(2))),
                format(
                        "fan-out-order",
                        Codecs.FAN_OUT_ORDER,
                        new FanOutOrder(
                                new InboxPosition(3, 42), FanOutOrder.Action.PAUSE, "local", AT)),
                format(
                        "traffic",
                        Codecs.TRAFFIC,
                        new Traffic(
                                "n1",
                                CITIES,
                                AT,
                                Duration.ofSeconds(1),
                                10,
                                5,
                                2,
                                new Traffic.Loads(2, Duration.ofMillis(14)),
                                List.of(new Traffic.HotKey(AMSTERDAM, 9, 1)))),
                format(
                        "popularity-slice",
                        Codecs.POPULARITY,
                        new PopularityRecord.Slice(
                                CITIES,
                                7,
                                42,
                                AT,
                                List.of(new PopularityRecord.Weight(AMSTERDAM, 1_500)))),
                format("popularity-progress", Codecs.POPULARITY, new PopularityRecord.Progress(43)),
                format(
                        "warm-job-keys",
                        Codecs.WARM_JOB,
                        new WarmJob(
                                "j1",
                                3,
                                CITIES,
                                new WarmJob.Selection.Keys(
                                        List.of(new EntryKey("1"), new EntryKey("2"))),
                                "local",
                                AT)),
                format(
                        "warm-job-top",
                        Codecs.WARM_JOB,
                        new WarmJob("j2", CITIES, new WarmJob.Selection.Top(100), "local", AT)),
                format(
                        "warm-job-query",
                        Codecs.WARM_JOB,
                        new WarmJob(
                                "j3",
                                CITIES,
                                new WarmJob.Selection.Query("capitals"),
                                "local",
                                AT)),
                format(
                        "warm-job-wanted",
                        Codecs.WARM_JOB,
                        new WarmJob("j4", CITIES, new WarmJob.Selection.Wanted(), "loss", AT)),
                format(
                        "warm-progress",
                        Codecs.WARM_PROGRESS,
                        new WarmProgress(
                                "j1",
                                0,
                                2,
                                CITIES,
                                "local",
                                WarmProgress.State.RUNNING,
                                new WarmProgress.Tally(4, 1, 1, 0, 1, 5),
                                AT)),
                format(
                        "warm-progress-incomplete",
                        Codecs.WARM_PROGRESS,
                        new WarmProgress(
                                "j1",
                                2,
                                0,
                                CITIES,
                                "local",
                                WarmProgress.State.INCOMPLETE,
                                new WarmProgress.Tally(4, 1, 1, 0, 2, 0),
                                AT)),
                format("warm-cancel", Codecs.WARM_CANCEL, new WarmCancel("j1", "local", AT)),
                format(
                        "consistency",
                        Codecs.CONSISTENCY,
                        new ConsistencyReport(
                                "w1",
                                CITIES,
                                AT,
                                List.of(
                                        new ConsistencyReport.Checks(
                                                Duration.ofSeconds(1),
                                                new ConsistencyReport.Score(120, 1)),
                                        new ConsistencyReport.Checks(
                                                Duration.ofSeconds(5),
                                                new ConsistencyReport.Score(110, 0))),
                                new ConsistencyReport.Violation(
                                        AT,
                                        AMSTERDAM,
                                        "http://127.0.0.1:7400",
                                        Duration.ofSeconds(1),
                                        "rule-missing"))),
                format(
                        "consistency-good",
                        Codecs.CONSISTENCY,
                        new ConsistencyReport("w1", CITIES, AT, List.of(), null)),
                format(
                        "write-put",
                        Codecs.SOURCE_WRITE,
                        new SourceWrite.Put(CITIES, AMSTERDAM, "{\"name\":\"Amsterdam\"}", AT)),
                format(
                        "write-delete",
                        Codecs.SOURCE_WRITE,
                        new SourceWrite.Delete(CITIES, AMSTERDAM, AT)),
                format(
                        "write-settled",
                        Codecs.SOURCE_WRITE,
                        new SourceWrite.Settled(
                                CITIES, AMSTERDAM, 41, new InboxPosition(3, 42), AT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    <T> void shouldWriteWhatTheGoldenFileHolds(String name, Codec<T> codec, T value)
            throws IOException {
        // given
        String golden = golden(name);

        // when
        String written = new String(codec.encode(value), StandardCharsets.UTF_8);

        // then
        assertThat(written).isEqualTo(golden);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    <T> void shouldReadWhatTheGoldenFileHolds(String name, Codec<T> codec, T value)
            throws IOException {
        // given
        byte[] golden = golden(name).getBytes(StandardCharsets.UTF_8);

        // when
        T read = codec.decode(golden);

        // then
        assertThat(read).isEqualTo(value);
    }

    @Test
    void shouldReadARegistrationOfTheFirstVersion() throws IOException {
        // given
        byte[] golden = golden("registration-v1").getBytes(StandardCharsets.UTF_8);

        // when
        Registrations read = Codecs.REGISTRATIONS.decode(golden);

        // then
        assertThat(read).isEqualTo(Registrations.of(REGISTRATION));
    }

    @Test
    void shouldReadTelemetryAndJobsOfFormerVersions() throws IOException {
        // when
        Traffic traffic = Codecs.TRAFFIC.decode(former("traffic"));
        WarmJob job = Codecs.WARM_JOB.decode(former("warm-job-keys"));
        WarmProgress progress = Codecs.WARM_PROGRESS.decode(former("warm-progress"));

        // then
        assertThat(traffic.loads()).isEqualTo(Traffic.Loads.NONE);
        assertThat(traffic.hot()).containsExactly(new Traffic.HotKey(AMSTERDAM, 9, 1));
        assertThat(job.part()).isZero();
        assertThat(progress.tally()).isEqualTo(new WarmProgress.Tally(4, 1, 1, 0, 1, 0));
    }

    private static byte[] former(String name) throws IOException {
        return golden(name + "-v1").getBytes(StandardCharsets.UTF_8);
    }

    static String golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        GoldenFileTest.class.getResourceAsStream("/golden/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static Event.Invalidation invalidation(Target target, Mode mode, Cause cause) {
        return new Event.Invalidation(null, target, mode, null, cause, AT);
    }

    private static <T> Arguments format(String name, Codec<T> codec, T value) {
        return Arguments.of(name, codec, value);
    }
}
