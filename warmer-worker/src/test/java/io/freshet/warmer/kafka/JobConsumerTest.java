package io.freshet.warmer.kafka;

import static io.freshet.contracts.event.WarmProgress.State.RUNNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.warmer.OneNamespace;
import io.freshet.warmer.ScriptedCache;
import io.freshet.warmer.job.Cancelled;
import io.freshet.warmer.job.JobRunner;
import io.freshet.warmer.job.KeySelection;
import io.freshet.warmer.job.LoadPacer;
import io.freshet.warmer.job.Loads;
import io.freshet.warmer.job.Ownership;
import io.freshet.warmer.job.ProgressReports;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.Popularity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobConsumerTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EntryKey PARIS = new EntryKey("paris");
    private static final EntryKey LIMA = new EntryKey("lima");

    private final ScriptedCache cache = new ScriptedCache();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Broker broker;
    private String group;

    @BeforeEach
    void open() throws Exception {
        broker = new Broker();
        group = broker.topics().prefix() + "-warmer";
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        broker.close();
    }

    @Test
    void shouldRunAJobAndTellItsEnd() throws Exception {
        worker();

        broker.send(job("j1", PARIS, LIMA));

        await().until(() -> last("j1").filter(p -> p.state() == State.DONE).isPresent());
        assertThat(last("j1").orElseThrow().tally().loaded()).isEqualTo(2);
        await().until(() -> broker.committed(group) == 1);
    }

    @Test
    void shouldPassOverMalformedRecords() throws Exception {
        worker();
        broker.send(broker.topics().warmJobs(), "bad", "{\"schema\":1".getBytes(UTF_8));
        broker.send(broker.topics().warmJobs(), "bad", "[]".getBytes(UTF_8));

        broker.send(job("j1", PARIS));

        await().until(() -> last("j1").filter(p -> p.state() == State.DONE).isPresent());
        assertThat(registry.get("freshet.warmer.malformed.records").counter().count()).isEqualTo(2);
        await().until(() -> broker.committed(group) == 3);
    }

    @Test
    void shouldLeaveAnUnfinishedJobToTheNextWorker() throws Exception {
        var never = new CompletableFuture<WarmOutcome>();
        cache.answers(LIMA, never);
        JobConsumer first = worker();
        broker.send(job("j1", PARIS, LIMA));
        await().until(() -> cache.warmed().contains(LIMA));

        first.close();

        assertThat(broker.committed(group)).isZero();
        assertThat(last("j1")).hasValueSatisfying(p -> assertThat(p.state()).isEqualTo(RUNNING));
        cache.answers(PARIS, WarmOutcome.PRESENT).answers(LIMA, WarmOutcome.LOADED);
        worker();
        await().until(() -> last("j1").filter(p -> p.state() == State.DONE).isPresent());
        assertThat(last("j1").orElseThrow().tally().present()).isEqualTo(1);
        assertThat(last("j1").orElseThrow().tally().loaded()).isEqualTo(1);
        await().until(() -> broker.committed(group) == 1);
    }

    @Test
    void shouldRunJobsOfOnePartitionInTheirOrder() throws Exception {
        var later = new CompletableFuture<WarmOutcome>();
        cache.answers(PARIS, later);
        worker();
        broker.send(job("j1", PARIS));
        broker.send(job("j2", LIMA));
        await().until(() -> cache.warmed().contains(PARIS));
        assertThat(cache.warmed()).doesNotContain(LIMA);

        later.complete(WarmOutcome.LOADED);

        await().until(() -> last("j2").filter(p -> p.state() == State.DONE).isPresent());
        assertThat(cache.warmed()).containsExactly(PARIS, LIMA);
    }

    @Test
    void shouldNotRunAFinishedJobAgainThatIsDeliveredAgain() throws Exception {
        worker();
        broker.send(job("j1", PARIS));
        broker.send(job("j1", PARIS));

        broker.send(job("j2", LIMA));

        await().until(() -> last("j2").filter(p -> p.state() == State.DONE).isPresent());
        assertThat(cache.warmed()).containsExactly(PARIS, LIMA);
    }

    /** F4: the work of a job is shared, and whoever is left does it all. */
    @Test
    void shouldShareTheWorkOfALargeJobAndCarryOnWhenAWorkerIsGone() throws Exception {
        List<EntryKey> keys =
                IntStream.range(0, 800).mapToObj(i -> new EntryKey("key-" + i)).toList();
        var stuck = new ScriptedCache();
        keys.forEach(key -> stuck.answers(key, new CompletableFuture<WarmOutcome>()));
        JobConsumer dying = worker(stuck);
        broker.send(job("j1", keys.toArray(EntryKey[]::new)));
        await().until(() -> !stuck.warmed().isEmpty());
        worker();

        dying.close();

        await().atMost(Duration.ofSeconds(60)).until(() -> doneParts("j1") == 8);
        assertThat(cache.warmed()).containsAll(keys);
    }

    private long doneParts(String job) {
        return broker.told().stream()
                .filter(p -> p.id().equals(job) && p.part() > 0 && p.state() == State.DONE)
                .map(WarmProgress::part)
                .distinct()
                .count();
    }

    private JobConsumer worker() {
        return worker(cache);
    }

    private JobConsumer worker(ScriptedCache cache) {
        var metrics = new WarmerMetrics(registry);
        var progress = new ProgressTopic(broker.clients(), broker.topics().warmProgress());
        var reports = new ProgressReports(progress, Duration.ofMillis(50), () -> NOW);
        var queue = new JobTopic(broker.clients(), broker.topics().warmJobs(), progress);
        var pacer = new LoadPacer(1000, 8);
        var popularity = new Popularity(10, 10, Duration.ofHours(1), InstantSource.fixed(NOW));
        var runner =
                new JobRunner(
                        new OneNamespace(cities()),
                        new KeySelection(popularity, (_, _) -> List.of()),
                        new Loads(cache, pacer, metrics),
                        queue,
                        new Cancelled(),
                        reports,
                        metrics);
        var consumer =
                new JobConsumer(
                        broker.clients(),
                        broker.topics().warmJobs(),
                        group,
                        runner,
                        new Ownership(broker.topics().warmJobs().partitions(), pacer),
                        metrics);
        opened.push(progress);
        opened.push(reports);
        opened.push(queue);
        opened.push(consumer);
        consumer.start();
        return consumer;
    }

    private Optional<WarmProgress> last(String job) {
        return broker.told().stream().filter(p -> p.id().equals(job)).reduce((_, last) -> last);
    }

    private static WarmJob job(String id, EntryKey... keys) {
        return new WarmJob(id, CITIES, new Selection.Keys(List.of(keys)), "test", NOW);
    }

    private static NamespaceConfig cities() {
        return NamespaceConfig.builder(CITIES)
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT * FROM cities WHERE id = :key",
                                Duration.ofSeconds(1),
                                List.of()))
                .build();
    }
}
