package io.freshet.warmer.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.Traffic.HotKey;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.namespace.Cron;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.warmer.OneNamespace;
import io.freshet.warmer.job.LoadPacer;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.popularity.Popularity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** F1, F3: what makes the worker warm without being asked. */
class TriggersTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");

    private final List<WarmJob> jobs = new ArrayList<>();
    private final OneNamespace namespaces = new OneNamespace(cities(wanting(null, 0)));
    private final Ownership ownership = new Ownership(4, new LoadPacer(100, 8));
    private final Popularity popularity =
            new Popularity(100, 10, Duration.ofHours(1), () -> NOON.plus(Duration.ofDays(1)));
    private final Barriers barriers = new Barriers();
    private final MissWatch misses = new MissWatch();
    private int missingCanaries;
    private boolean isRedisAway;
    private final Triggers triggers =
            new Triggers(
                    namespaces,
                    ownership,
                    popularity,
                    jobs::add,
                    new LossWatch(this::restoreCanaries),
                    barriers,
                    misses);

    @Test
    void shouldWarmAtItsStartOnceItHasItsShare() throws Exception {
        popularity.add(0, 0, traffic(10, 0));
        triggers.look(NOON);
        assertThat(jobs).isEmpty();

        ownership.owns(List.of(0, 1, 2, 3));
        triggers.look(NOON);
        triggers.look(NOON.plusSeconds(1));

        assertThat(jobs)
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.selection()).isEqualTo(new Selection.Wanted());
                    assertThat(job.requestedBy()).isEqualTo("trigger:start");
                });
    }

    @Test
    void shouldNotMakeJobsForWhatNobodyAsksFor() throws Exception {
        ownership.owns(List.of(0, 1, 2, 3));

        triggers.look(NOON);

        assertThat(jobs).isEmpty();
    }

    @Test
    void shouldLeaveToOthersWhatIsTheirs() throws Exception {
        popularity.add(0, 0, traffic(10, 0));
        namespaces.is(cities(wanting("* * * * *", 10)));
        int its = Math.floorMod(CITIES.value().hashCode(), 4);
        ownership.owns(List.of((its + 1) % 4));

        for (int second = 0; second < 130; second++) {
            misses.add(traffic(0, 200));
            triggers.look(NOON.plusSeconds(second));
        }

        assertThat(jobs).isEmpty();
    }

    @Test
    void shouldWarmOnSchedule() throws Exception {
        begin();
        namespaces.is(cities(wanting("*/5 * * * *", 0)));

        for (int second = 1; second <= 900; second++) {
            triggers.look(NOON.plusSeconds(second));
        }

        assertThat(jobs)
                .extracting(WarmJob::requestedBy, WarmJob::at)
                .containsExactly(
                        scheduled(NOON.plusSeconds(300)),
                        scheduled(NOON.plusSeconds(600)),
                        scheduled(NOON.plusSeconds(900)));
    }

    @Test
    void shouldMakeUpOnceForTimesThatItSlept() throws Exception {
        begin();
        namespaces.is(cities(wanting("*/5 * * * *", 0)));
        triggers.look(NOON.plusSeconds(1));

        triggers.look(NOON.plusSeconds(1_000));
        triggers.look(NOON.plusSeconds(1_001));

        assertThat(jobs).hasSize(1);
    }

    @Test
    void shouldWarmEverythingAfterALossOfRedisOnceItCanBeCachedAgain() throws Exception {
        begin();
        ownership.owns(List.of());
        missingCanaries = 3;

        triggers.look(NOON.plusSeconds(1));
        triggers.look(NOON.plusSeconds(3));
        assertThat(jobs).isEmpty();
        triggers.look(NOON.plusSeconds(6));
        triggers.look(NOON.plusSeconds(20));

        assertThat(jobs).extracting(WarmJob::requestedBy).containsExactly("trigger:redis-loss");
    }

    @Test
    void shouldWaitForRedisWhileItIsAway() throws Exception {
        begin();
        missingCanaries = 16;
        triggers.look(NOON.plusSeconds(1));
        isRedisAway = true;

        triggers.look(NOON.plusSeconds(10));
        assertThat(jobs).isEmpty();
        isRedisAway = false;
        triggers.look(NOON.plusSeconds(11));

        assertThat(jobs).hasSize(1);
    }

    @Test
    void shouldWarmWhatABarrierHasMadeUntrusted() throws Exception {
        begin();
        invalidate(Cause.Kind.REST);
        triggers.look(NOON.plusSeconds(1));
        assertThat(jobs).isEmpty();

        invalidate(Cause.Kind.BARRIER);
        triggers.look(NOON.plusSeconds(2));
        triggers.look(NOON.plusSeconds(3));

        assertThat(jobs).extracting(WarmJob::requestedBy).containsExactly("trigger:barrier");
    }

    @Test
    void shouldWarmWhatIsMissedMostWhenTooMuchIsMissed() throws Exception {
        begin();
        namespaces.is(cities(wanting(null, 20)));
        misses.add(traffic(100, 30));

        triggers.look(NOON.plusSeconds(10));

        assertThat(jobs)
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.requestedBy()).isEqualTo("trigger:misses");
                    assertThat(job.selection()).isEqualTo(new Selection.Keys(List.of(PARIS, LIMA)));
                });
    }

    @Test
    void shouldRestAMinuteAfterThat() throws Exception {
        begin();
        namespaces.is(cities(wanting(null, 20)));

        for (int second = 1; second <= 120; second++) {
            misses.add(traffic(100, 30));
            triggers.look(NOON.plusSeconds(second));
        }

        assertThat(jobs).hasSize(2);
    }

    @Test
    void shouldNotMindFewMissesOrFewReads() throws Exception {
        begin();
        namespaces.is(cities(wanting(null, 20)));
        misses.add(traffic(400, 90));
        triggers.look(NOON.plusSeconds(10));

        misses.add(traffic(0, 50));
        triggers.look(NOON.plusSeconds(20));

        assertThat(jobs).isEmpty();
    }

    /** Passes the start, and has no job made by it. */
    private void begin() throws InterruptedException {
        ownership.owns(List.of(0, 1, 2, 3));
        triggers.look(NOON);
        popularity.add(0, 0, traffic(10, 0));
    }

    private int restoreCanaries() {
        if (isRedisAway) {
            throw new CompletionException(new IllegalStateException("away"));
        }
        int missing = missingCanaries;
        missingCanaries = 0;
        return missing;
    }

    private void invalidate(Cause.Kind kind) {
        barriers.inForce(
                0,
                Stamp.of(1, 1),
                new LogRecord(
                        new Event.Invalidation(
                                "e1",
                                new Target.OfNamespace(CITIES),
                                Mode.HARD,
                                null,
                                Cause.of(kind, null, null),
                                NOON),
                        new InboxPosition(0, 0)));
    }

    private static Tuple scheduled(Instant at) {
        return tuple("trigger:schedule", at);
    }

    /** Two thirds of the misses are of one key, the rest of another. */
    private static Traffic traffic(long hits, long missed) {
        return new Traffic(
                "node",
                CITIES,
                NOON,
                Duration.ofSeconds(1),
                hits,
                0,
                missed,
                List.of(
                        new HotKey(LIMA, hits, missed / 3),
                        new HotKey(PARIS, 0, missed - missed / 3)));
    }

    private static Warming wanting(@Nullable String cron, int missRateAbove) {
        return new Warming(
                100, cron == null ? null : new Cron(cron), missRateAbove, 0, 0, Map.of());
    }

    private static NamespaceConfig cities(Warming warming) {
        return NamespaceConfig.builder(CITIES)
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT * FROM cities WHERE id = :key",
                                Duration.ofSeconds(1),
                                List.of()))
                .warming(warming)
                .build();
    }
}
