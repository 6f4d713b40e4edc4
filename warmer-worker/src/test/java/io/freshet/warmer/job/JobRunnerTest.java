package io.freshet.warmer.job;

import static io.freshet.contracts.event.WarmProgress.State.DONE;
import static io.freshet.contracts.event.WarmProgress.State.FAILED;
import static io.freshet.contracts.event.WarmProgress.State.INCOMPLETE;
import static io.freshet.contracts.event.WarmProgress.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.warmer.OneNamespace;
import io.freshet.warmer.ScriptedCache;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.Popularity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");
    private static final EntryKey ATLANTIS = new EntryKey("atlantis");

    private static final SourceConfig SOURCE =
            new SqlSourceConfig(
                    "primary",
                    "SELECT * FROM cities WHERE id = :key",
                    Duration.ofSeconds(1),
                    List.of());

    private final ScriptedCache cache = new ScriptedCache();
    private final List<WarmProgress> told = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Popularity popularity =
            new Popularity(100, 10, Duration.ofHours(1), InstantSource.fixed(NOW));
    private final ProgressReports reports =
            new ProgressReports(
                    progress -> {
                        told.add(progress);
                        return CompletableFuture.completedStage(null);
                    },
                    Duration.ofMillis(20),
                    InstantSource.fixed(NOW));
    private final List<WarmJob> handedOver = new CopyOnWriteArrayList<>();
    private final Cancelled cancelled = new Cancelled();
    private final OneNamespace namespaces = new OneNamespace(cities(true));

    @AfterEach
    void close() {
        reports.close();
    }

    @Test
    void shouldLoadTheKeysOfAJobAndTellItsStartAndEnd() throws Exception {
        cache.answers(ATLANTIS, WarmOutcome.ABSENT).answers(LIMA, WarmOutcome.PRESENT);

        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS, LIMA, ATLANTIS))));

        assertThat(cache.warmed()).containsExactly(PARIS, LIMA, ATLANTIS);
        assertThat(told.getFirst()).isEqualTo(progress("j1", RUNNING, 3, 0, 0, 0, 0));
        assertThat(told.getLast()).isEqualTo(progress("j1", DONE, 3, 1, 1, 1, 0));
        assertThat(counter("freshet.warm.loaded")).isEqualTo(1);
        assertThat(counter("freshet.warm.source.queries")).isEqualTo(2);
    }

    @Test
    void shouldLoadAKeyOnceThatIsNamedTwice() throws Exception {
        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS, PARIS))));

        assertThat(cache.warmed()).containsExactly(PARIS);
        assertThat(told.getLast().tally().total()).isEqualTo(1);
    }

    @Test
    void shouldLoadWhatIsAskedForMost() throws Exception {
        popularity.add(
                0,
                0,
                new Traffic(
                        "node",
                        CITIES,
                        NOW,
                        Duration.ofSeconds(10),
                        0,
                        0,
                        0,
                        List.of(
                                new Traffic.HotKey(PARIS, 3, 0),
                                new Traffic.HotKey(LIMA, 9, 0),
                                new Traffic.HotKey(ATLANTIS, 1, 0))));

        runner(1000, 8).run(job("j1", new Selection.Top(2)));

        assertThat(cache.warmed()).containsExactly(LIMA, PARIS);
    }

    @Test
    void shouldGoOnWhenAKeyCannotBeLoadedAndNotCallThatDone() throws Exception {
        cache.fails(PARIS, new IllegalStateException("source is down"));

        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS, LIMA))));

        assertThat(told.getLast()).isEqualTo(progress("j1", INCOMPLETE, 2, 1, 0, 0, 1));
        assertThat(counter("freshet.warm.failed")).isEqualTo(1);
    }

    @Test
    void shouldFailAJobOfAnUnknownNamespace() throws Exception {
        namespaces.none();

        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS))));

        assertThat(told).containsExactly(progress("j1", FAILED, 0, 0, 0, 0, 0));
        assertThat(cache.warmed()).isEmpty();
    }

    @Test
    void shouldFailAJobOfANamespaceWithoutSource() throws Exception {
        namespaces.is(cities(false));

        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS))));

        assertThat(told).containsExactly(progress("j1", FAILED, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldNotRunAFinishedJobAgain() throws Exception {
        JobRunner runner = runner(1000, 8);
        runner.run(job("j1", new Selection.Keys(List.of(PARIS))));
        told.clear();

        runner.run(job("j1", new Selection.Keys(List.of(PARIS))));

        assertThat(cache.warmed()).containsExactly(PARIS);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellHowFarItIsWhileItRuns() throws Exception {
        var answer = new CompletableFuture<WarmOutcome>();
        cache.answers(LIMA, answer);
        JobRunner runner = runner(1000, 8);

        var running = start(runner, job("j1", new Selection.Keys(List.of(PARIS, ATLANTIS, LIMA))));

        await().until(() -> told.contains(progress("j1", RUNNING, 3, 2, 0, 0, 0)));
        assertThat(registry.get("freshet.warm.jobs.running").gauge().value()).isEqualTo(1);
        answer.complete(WarmOutcome.LOADED);
        running.join();
        assertThat(told.getLast()).isEqualTo(progress("j1", DONE, 3, 3, 0, 0, 0));
        assertThat(registry.get("freshet.warm.jobs.running").gauge().value()).isZero();
    }

    @Test
    void shouldKeepToTheLimitOfLoadsInFlight() throws Exception {
        var answer = new CompletableFuture<WarmOutcome>();
        JobRunner runner = runner(1_000_000, 3);
        runner.run(job("j0", new Selection.Keys(keys(80).subList(20, 80))));
        keys(20).forEach(key -> cache.answers(key, answer));

        var running = start(runner, job("j1", new Selection.Keys(keys(20))));

        await().during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(10))
                .until(() -> cache.warmed().size() == 63);
        answer.complete(WarmOutcome.LOADED);
        running.join();
        assertThat(cache.warmed()).hasSize(80);
    }

    @Test
    void shouldKeepToTheBudgetOfSourceQueries() throws Exception {
        long start = System.nanoTime();

        runner(100, 8).run(job("j1", new Selection.Keys(keys(50))));

        // 5 go at once, the other 45 at 95 a second; the bound leaves room for a clock's
        // granularity.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(ms(430));
    }

    @Test
    void shouldNotChargeTheBudgetWithWhatIsPresent() throws Exception {
        keys(100).forEach(key -> cache.answers(key, WarmOutcome.PRESENT));
        long start = System.nanoTime();

        runner(20, 8).run(job("j1", new Selection.Keys(keys(100))));

        // At 20 queries per second, 100 charged ones would take 5 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ms(3_000));
        assertThat(told.getLast().tally().present()).isEqualTo(100);
    }

    @Test
    void shouldDivideALargeJobIntoPartsOfWhichTheFirstHaveWhatMattersMost() throws Exception {
        runner(1000, 8).run(job("j1", new Selection.Keys(keys(250))));

        assertThat(cache.warmed()).isEmpty();
        assertThat(told)
                .containsExactly(
                        new WarmProgress("j1", 0, 3, CITIES, "test", RUNNING, Tally.of(250), NOW));
        assertThat(handedOver)
                .extracting(WarmJob::recordKey)
                .containsExactly("j1/1", "j1/2", "j1/3");
        assertThat(handedOver.getFirst().selection())
                .isEqualTo(new Selection.Keys(keys(250).subList(0, 100)));
    }

    @Test
    void shouldLoadAPartItself() throws Exception {
        runner(1000, 8).run(job("j1", new Selection.Keys(List.of())).part(2, List.of(PARIS)));

        assertThat(cache.warmed()).containsExactly(PARIS);
        assertThat(told.getLast())
                .isEqualTo(
                        new WarmProgress(
                                "j1",
                                2,
                                0,
                                CITIES,
                                "test",
                                DONE,
                                new Tally(1, 1, 0, 0, 0, 0),
                                NOW));
    }

    @Test
    void shouldBreakOffWhatIsCancelled() throws Exception {
        var answer = new CompletableFuture<WarmOutcome>();
        cache.answers(PARIS, answer);
        JobRunner runner = runner(1000, 1);
        var running = start(runner, job("j1", new Selection.Keys(List.of(PARIS, LIMA, ATLANTIS))));
        await().until(() -> cache.warmed().contains(PARIS));

        cancelled.add(new WarmCancel("j1", "test", NOW));
        answer.complete(WarmOutcome.LOADED);

        running.join();
        assertThat(told.getLast().state()).isEqualTo(WarmProgress.State.CANCELLED);
        assertThat(cache.warmed()).doesNotContain(ATLANTIS);
    }

    @Test
    void shouldNotBeginWhatIsCancelled() throws Exception {
        cancelled.add(new WarmCancel("j1", "test", NOW));

        runner(1000, 8).run(job("j1", new Selection.Keys(List.of(PARIS))));

        assertThat(cache.warmed()).isEmpty();
        assertThat(told.getLast().state()).isEqualTo(WarmProgress.State.CANCELLED);
    }

    @Test
    void shouldHoldOutAShareOfWhatItChoosesAndNoneOfWhatIsNamed() throws Exception {
        namespaces.is(warming(new Warming(1_000, null, 0, 0, 20, Map.of())));
        popularity.add(
                0,
                0,
                new Traffic(
                        "node",
                        CITIES,
                        NOW,
                        Duration.ofSeconds(1),
                        0,
                        0,
                        0,
                        keys(100).stream().map(key -> new Traffic.HotKey(key, 1, 0)).toList()));

        runner(10_000, 8).run(job("j1", new Selection.Top(100)));
        Tally chosen = told.getLast().tally();
        runner(10_000, 8).run(job("j2", new Selection.Keys(keys(100))));
        Tally named = told.getLast().tally();

        assertThat(chosen.heldOut()).isBetween(10L, 30L);
        assertThat(chosen.total()).isEqualTo(100 - chosen.heldOut());
        assertThat(named.total()).isEqualTo(100);
    }

    @Test
    void shouldLoadWhatAQueryNamesAndAllThatIsWanted() throws Exception {
        namespaces.is(warming(new Warming(1, null, 0, 0, 0, Map.of("a", "paris", "b", "lima"))));

        runner(1000, 8).run(job("j1", new Selection.Query("a")));
        runner(1000, 8).run(job("j2", new Selection.Wanted()));
        runner(1000, 8).run(job("j3", new Selection.Query("c")));

        assertThat(cache.warmed()).containsExactly(PARIS, PARIS, LIMA);
        assertThat(told.getLast().state()).isEqualTo(FAILED);
    }

    @Test
    void shouldNotBeFinishedWhenInterrupted() throws Exception {
        var answer = new CompletableFuture<WarmOutcome>();
        cache.answers(PARIS, answer);
        JobRunner runner = runner(1000, 8);
        var running = start(runner, job("j1", new Selection.Keys(List.of(PARIS))));
        await().until(() -> !cache.warmed().isEmpty());

        running.interrupt();

        running.join();
        assertThat(told).noneMatch(progress -> progress.state() == DONE);
        answer.complete(WarmOutcome.FAILED);
        cache.answers(PARIS, WarmOutcome.LOADED);
        runner.run(job("j1", new Selection.Keys(List.of(PARIS))));
        assertThat(told.getLast().state()).isEqualTo(DONE);
    }

    @Test
    void shouldRefuseAnInterruptedThread() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(
                        () -> runner(1, 1).run(job("j1", new Selection.Keys(List.of(PARIS, LIMA)))))
                .isInstanceOf(InterruptedException.class);
    }

    private JobRunner runner(int budget, int concurrency) {
        return runner(new LoadPacer(budget, concurrency));
    }

    private JobRunner runner(LoadPacer pacer) {
        var metrics = new WarmerMetrics(registry);
        return new JobRunner(
                namespaces,
                new KeySelection(popularity, (_, sql) -> List.of(new EntryKey(sql))),
                new Loads(cache, pacer, metrics),
                handedOver::add,
                cancelled,
                reports,
                metrics);
    }

    private static Thread start(JobRunner runner, WarmJob job) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        runner.run(job);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private double counter(String name) {
        return registry.get(name).counter().count();
    }

    private static List<EntryKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> new EntryKey("key-" + i)).toList();
    }

    private static WarmJob job(String id, Selection selection) {
        return new WarmJob(id, CITIES, selection, "test", NOW);
    }

    private static WarmProgress progress(
            String id,
            WarmProgress.State state,
            long total,
            long loaded,
            long present,
            long absent,
            long failed) {
        return new WarmProgress(
                id,
                0,
                0,
                CITIES,
                "test",
                state,
                new Tally(total, loaded, present, absent, failed, 0),
                NOW);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static NamespaceConfig warming(Warming warming) {
        return NamespaceConfig.builder(CITIES).source(SOURCE).warming(warming).build();
    }

    private static NamespaceConfig cities(boolean source) {
        return NamespaceConfig.builder(CITIES).source(source ? SOURCE : null).build();
    }
}
