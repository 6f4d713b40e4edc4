package io.freshet.engine.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.Marker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judgements of DESIGN's "Check", one by one. */
class LogViewTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey KEY = new EntryKey("27");
    private static final Tag NL = new Tag("country:NL");

    private final LogView view = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);

    @BeforeEach
    void beginAtTen() {
        view.begin(0, at(10), at(10));
    }

    static Stream<Target> matchingTargets() {
        return Stream.of(
                new Target.OfKey(CITIES, KEY),
                new Target.OfKeys(CITIES, List.of(new EntryKey("28"), KEY)),
                new Target.OfTag(CITIES, NL),
                new Target.OfPattern(CITIES, new KeyPattern("2*")),
                new Target.OfNamespace(CITIES));
    }

    static Stream<Target> otherTargets() {
        return Stream.of(
                new Target.OfKey(CITIES, new EntryKey("28")),
                new Target.OfKeys(CITIES, List.of(new EntryKey("28"), new EntryKey("29"))),
                new Target.OfKey(new Namespace("other"), KEY),
                new Target.OfTag(CITIES, new Tag("country:DE")),
                new Target.OfPattern(CITIES, new KeyPattern("3*")),
                new Target.OfNamespace(new Namespace("other")));
    }

    @ParameterizedTest
    @MethodSource("matchingTargets")
    void shouldFindStaleWhatALaterHardInvalidationMatches(Target target) {
        // given
        EntryHeader older = stamped(10);

        // when
        consume(11, target, Mode.HARD);

        // then
        assertThat(judgeStored(older, null)).isEqualTo(Verdict.STALE);
        assertThat(view.judgeNear(CITIES, KEY, older)).isEqualTo(Verdict.STALE);
        assertThat(view.isOvertaken(CITIES, KEY, older.tags(), older.stamp())).isTrue();
    }

    @Test
    void shouldNotTrustWhatTheBucketItselfDistrusts() {
        // given a bucket that lost evictions below 15, and vouches for everything since
        var marker = new Marker(at(15), at(20), 0, at(15));

        // when
        Verdict before = judgeStored(stamped(14), marker);
        Verdict after = judgeStored(stamped(15), marker);

        // then
        assertThat(before).isEqualTo(Verdict.STALE);
        assertThat(after).isEqualTo(Verdict.FRESH);
    }

    @ParameterizedTest
    @MethodSource("matchingTargets")
    void shouldLetTheFillWinAtATie(Target target) {
        // given
        EntryHeader same = stamped(11);

        // when
        consume(11, target, Mode.HARD);

        // then
        assertThat(judgeStored(same, null)).isEqualTo(Verdict.FRESH);
        assertThat(view.isOvertaken(CITIES, KEY, same.tags(), same.stamp())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("otherTargets")
    void shouldNotMindWhatDoesNotMatch(Target target) {
        // when
        consume(11, target, Mode.HARD);

        // then
        assertThat(judgeStored(stamped(10), null)).isEqualTo(Verdict.FRESH);
    }

    @ParameterizedTest
    @MethodSource("matchingTargets")
    void shouldKeepAHardInvalidationThatASoftOneFollows(Target target) {
        // given
        consume(11, target, Mode.HARD);

        // when
        consume(12, target, Mode.SOFT);

        // then
        assertThat(judgeStored(stamped(10), null)).isEqualTo(Verdict.STALE);
        assertThat(judgeStored(stamped(11), null)).isEqualTo(Verdict.SOFT);
        assertThat(judgeStored(stamped(12), null)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void shouldSeeASoftMarkThatTheApplierLeft() {
        // given
        EntryHeader marked = header(Stamp.of(1, 10), at(11), Set.of(NL));

        // when
        Verdict verdict = judgeStored(marked, null);

        // then
        assertThat(verdict).isEqualTo(Verdict.SOFT);
    }

    @Test
    void shouldNotTrustWhatIsOlderThanItsMemory() {
        assertThat(judgeStored(stamped(9), null)).isEqualTo(Verdict.STALE);
        assertThat(judgeStored(stamped(9), marker(9))).isEqualTo(Verdict.STALE);
    }

    @Test
    void shouldLetTheMarkerVouchForTheStoreOnly() {
        // given
        EntryHeader older = stamped(9);

        // when
        Verdict stored = judgeStored(older, marker(10));
        Verdict near = view.judgeNear(CITIES, KEY, older);

        // then
        assertThat(stored).isEqualTo(Verdict.FRESH);
        assertThat(near).isEqualTo(Verdict.STALE);
    }

    @ParameterizedTest
    @MethodSource("matchingTargets")
    void shouldKeepScopesOverARestart(Target target) {
        // given
        var restarted = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);
        if (target.isScope()) {
            restarted.restore(0, new ScopeRecord.Position(target, at(11), Stamp.ZERO));
        }

        // when
        restarted.begin(0, at(20), at(20));

        // then
        assertThat(restarted.judgeStored(CITIES, KEY, stamped(10), marker(20)))
                .isEqualTo(target.isScope() ? Verdict.STALE : Verdict.FRESH);
    }

    @Test
    void shouldDropNearCopiesOnlyWhenAnEntryIsReplaced() {
        // given
        EntryHeader older = stamped(10);

        // when
        List<EntryKey> replaced = List.of(new EntryKey("other"), KEY);
        view.consume(0, at(11), new Event.Replaced(CITIES, replaced, "n2", Instant.EPOCH));

        // then
        assertThat(view.judgeNear(CITIES, KEY, older)).isEqualTo(Verdict.STALE);
        assertThat(judgeStored(older, null)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void shouldTrustNothingOlderThanALoss() {
        // when
        view.lose(0, at(15));

        // then
        assertThat(judgeStored(stamped(14), marker(15))).isEqualTo(Verdict.STALE);
        assertThat(judgeStored(stamped(15), null)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void shouldFindStaleWhatANewEpochBegan() {
        // given
        var next = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);

        // when
        next.begin(0, Stamp.of(2, 0), Stamp.of(2, 0));

        // then
        assertThat(next.judgeStored(CITIES, KEY, stamped(1_000), marker(1_000)))
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void shouldTurnAPatternTooManyIntoAnInvalidationOfItsNamespace() {
        // given
        var small = new LogView(new Partitioning(1, 1), new ViewLimits(8, 8, 1));
        small.begin(0, at(10), at(10));
        small.consume(0, at(11), hard(new Target.OfPattern(CITIES, new KeyPattern("a*"))));

        // when
        small.consume(0, at(12), hard(new Target.OfPattern(CITIES, new KeyPattern("b*"))));

        // then
        assertThat(small.judgeStored(CITIES, KEY, stamped(10), null)).isEqualTo(Verdict.STALE);
        assertThat(small.judgeStored(CITIES, KEY, stamped(11), null)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void shouldBeReadyOnceItHasCaughtUp() {
        // given
        var behind = new LogView(new Partitioning(1, 1), ViewLimits.DEFAULT);
        assertThat(behind.isReady()).isFalse();
        behind.begin(0, at(10), at(11));
        assertThat(behind.isReady()).isFalse();

        // when
        behind.consume(0, at(11), new Event.Heartbeat("primary", new Lsn(1), Instant.EPOCH));

        // then
        assertThat(behind.isReady()).isTrue();
    }

    @Test
    void shouldWakeThoseWhoWaitForAPosition() {
        // given
        CompletableFuture<Void> reached = view.reached(0, at(12)).toCompletableFuture();
        consume(11, new Target.OfKey(CITIES, KEY), Mode.HARD);
        assertThat(reached).isNotDone();

        // when
        consume(12, new Target.OfKey(CITIES, KEY), Mode.HARD);

        // then
        assertThat(reached).isCompleted();
        assertThat(view.reached(0, at(12))).isCompleted();
    }

    private void consume(long position, Target target, Mode mode) {
        view.consume(
                0,
                at(position),
                new Event.Invalidation(
                        null,
                        target,
                        mode,
                        null,
                        Cause.of(Cause.Kind.CDC, null, null),
                        Instant.EPOCH));
    }

    private static Event hard(Target target) {
        return new Event.Invalidation(
                null, target, Mode.HARD, null, Cause.of(Cause.Kind.CDC, null, null), Instant.EPOCH);
    }

    private Verdict judgeStored(EntryHeader header, @Nullable Marker marker) {
        return view.judgeStored(CITIES, KEY, header, marker);
    }

    private static Marker marker(long applied) {
        return new Marker(at(applied), at(applied), 0);
    }

    private static EntryHeader stamped(long position) {
        return header(at(position), Stamp.ZERO, Set.of(NL));
    }

    private static EntryHeader header(Stamp stamp, Stamp softMark, Set<Tag> tags) {
        return new EntryHeader(
                EntryHeader.Kind.VALUE,
                stamp,
                softMark,
                Instant.EPOCH,
                Instant.MAX,
                Instant.MAX,
                Duration.ZERO,
                EntryHeader.JSON,
                tags);
    }

    private static Stamp at(long position) {
        return Stamp.of(1, position);
    }
}
