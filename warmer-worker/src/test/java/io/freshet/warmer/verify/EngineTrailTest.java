package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.Explanation;
import io.freshet.engine.WindowState;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.freshness.Clue;
import io.freshet.engine.freshness.Evidence;
import io.freshet.engine.freshness.Verdict;
import io.freshet.engine.log.Watermarks;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.warmer.OneNamespace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EngineTrailTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Namespace CITIES = new Namespace("cities");
    private static final Spot SPOT = new Spot(CITIES, new EntryKey("1"));
    private static final Stamp EARLIER = Stamp.of(1, 5);
    private static final Stamp LATER = Stamp.of(1, 7);

    private final Watermarks watermarks = new Watermarks(1, 1);

    @Test
    void shouldBePastWhatTheLastHeartbeatPromises() throws InterruptedException {
        watermarks.heartbeat(0, 0, new Event.Heartbeat("primary", new Lsn(1), NOON));

        assertThat(at(() -> NOON).awaitPast(SPOT, NOON.minusSeconds(1))).isTrue();
    }

    @Test
    void shouldGiveUpWhenThePipelineStandsStill() throws InterruptedException {
        watermarks.heartbeat(0, 0, new Event.Heartbeat("primary", new Lsn(1), NOON));
        var now = new AtomicReference<>(NOON);
        InstantSource hurrying = () -> now.updateAndGet(time -> time.plusSeconds(2));

        assertThat(at(hurrying).awaitPast(SPOT, NOON)).isFalse();
    }

    @Test
    void shouldKnowWhatRedisSaysIsAbsent() {
        assertThat(here(EntryHeader.Kind.ABSENT, Verdict.FRESH, NOON.plusSeconds(1)).knownAbsent())
                .isTrue();
        assertThat(here(EntryHeader.Kind.ABSENT, Verdict.STALE, NOON.plusSeconds(1)).knownAbsent())
                .isFalse();
        assertThat(here(EntryHeader.Kind.ABSENT, Verdict.FRESH, NOON).knownAbsent()).isFalse();
        assertThat(here(EntryHeader.Kind.VALUE, Verdict.FRESH, NOON.plusSeconds(1)).knownAbsent())
                .isFalse();
    }

    @Test
    void shouldTellTheLastHardInvalidation() {
        assertThat(here(EntryHeader.Kind.VALUE, Verdict.FRESH, NOON).killer()).isEqualTo(LATER);
    }

    @Test
    void shouldKnowNothingWhileRedisDoesNotAnswer() {
        EngineTrail trail =
                trail(() -> NOON, CompletableFuture.failedStage(new IllegalStateException("away")));

        assertThat(trail.here(SPOT)).isEqualTo(Here.NOTHING);
    }

    private Here here(EntryHeader.Kind kind, Verdict verdict, Instant expiry) {
        var header =
                new EntryHeader(
                        kind,
                        EARLIER,
                        Stamp.ZERO,
                        NOON.minusSeconds(60),
                        expiry,
                        expiry,
                        Duration.ofMillis(3),
                        EntryHeader.JSON,
                        Set.of());
        var about = new Target.OfKey(CITIES, SPOT.key());
        var evidence =
                new Evidence(
                        new LogPosition(0, Stamp.of(1, 9)),
                        true,
                        Stamp.ZERO,
                        Stamp.ZERO,
                        Stamp.ZERO,
                        List.of(
                                new Clue(about, EARLIER, Stamp.of(1, 9)),
                                new Clue(new Target.OfNamespace(CITIES), LATER, Stamp.ZERO)));
        var known =
                new Explanation(
                        null,
                        new Explanation.Held(header, verdict),
                        null,
                        evidence,
                        new WindowState("primary", Optional.empty(), Duration.ofSeconds(2)));
        return trail(() -> NOON, CompletableFuture.completedStage(known)).here(SPOT);
    }

    private EngineTrail at(InstantSource clock) {
        return trail(clock, CompletableFuture.failedStage(new IllegalStateException("not asked")));
    }

    private EngineTrail trail(InstantSource clock, CompletionStage<Explanation> known) {
        return new EngineTrail(
                watermarks,
                "primary",
                new OneNamespace(NamespaceConfig.builder(CITIES).build()),
                (_, _) -> known,
                (_, _, _) -> false,
                clock);
    }
}
