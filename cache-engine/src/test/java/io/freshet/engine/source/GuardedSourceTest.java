package io.freshet.engine.source;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.resilience.CircuitOptions;
import io.freshet.engine.resilience.CircuitState;
import io.freshet.engine.resilience.GuardOptions;
import io.freshet.engine.source.http.HttpOptions;
import io.freshet.engine.source.http.HttpOrigins;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a source that hangs or fails does to itself, and does not do to another. */
class GuardedSourceTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Namespace SLOW = new Namespace("slow");
    private static final Namespace QUICK = new Namespace("quick");

    private final Database database = SharedServers.freshDatabase("guarded");
    private final SqlDatabases databases =
            new SqlDatabases(
                    Map.of(
                            "primary",
                            new SqlDatabaseOptions(
                                    database.jdbcUrl(), database.user(), database.password(), 8)));
    private final Sources sources =
            new Sources(
                    databases,
                    new HttpOrigins(HttpOptions.NONE),
                    new GuardOptions(
                            new CircuitOptions(
                                    50,
                                    100,
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(60),
                                    10,
                                    Duration.ofMillis(500),
                                    2),
                            4,
                            30));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        databases.close();
    }

    private Source source(Namespace namespace, String sql) {
        return sources.of(
                        NamespaceConfig.builder(namespace)
                                .source(new SqlSourceConfig("primary", sql, TIMEOUT, List.of()))
                                .build())
                .orElseThrow();
    }

    private static SourceException failure(Source source, String key) throws Exception {
        try {
            source.load(new EntryKey(key)).toCompletableFuture().get(10, SECONDS);
            throw new AssertionError("it answered");
        } catch (ExecutionException e) {
            return (SourceException) Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void shouldLeaveRoomForOthersWhileOneHangs() throws Exception {
        // given a source that takes all the turns it may
        Source slow = source(SLOW, "SELECT :key::text AS k, pg_sleep(30)");
        Source quick = source(QUICK, "SELECT :key::text AS k");
        var hanging =
                IntStream.range(0, 20).mapToObj(i -> slow.load(new EntryKey("k" + i))).toList();

        // when
        var answer = quick.load(new EntryKey("k")).toCompletableFuture().get(10, SECONDS);

        // then
        assertThat(answer).isInstanceOf(Loaded.Value.class);
        assertThat(hanging).noneMatch(each -> each.toCompletableFuture().isDone());
    }

    @Test
    void shouldStopAskingWhatTimesOutAndTryAgainLater() throws Exception {
        // given
        sources.bindTo(meters);
        Source slow =
                source(
                        SLOW,
                        "SELECT :key::text AS k, pg_sleep(CASE :key WHEN 'ok' THEN 0 ELSE 30 END)");
        for (int round = 0; round < 3; round++) {
            var asked =
                    IntStream.range(0, 4).mapToObj(i -> slow.load(new EntryKey("k" + i))).toList();
            await().until(() ->
                    asked.stream().allMatch(each -> each.toCompletableFuture().isDone()));
        }
        assertThat(sources.circuits()).isEqualTo(Map.of(SLOW, CircuitState.OPEN));

        // when
        long begun = System.nanoTime();
        var refused = failure(slow, "ok");

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.dividedBy(4));
        assertThat(refused.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
        assertThat(refused)
                .hasMessage("the source of 'slow' failed too often and is left alone for a moment");
        assertThat(meters.get("freshet.source.circuit").tag("namespace", "slow").gauge().value())
                .isEqualTo(2);
        assertThat(
                        meters.get("freshet.source.refused")
                                .tags("namespace", "slow", "reason", "open")
                                .functionCounter()
                                .count())
                .isOne();

        // and then
        await().ignoreExceptions()
                .until(() ->
                        slow.load(new EntryKey("ok")).toCompletableFuture().get(10, SECONDS)
                                != null);
        await().ignoreExceptions()
                .until(() -> {
                    slow.load(new EntryKey("ok")).toCompletableFuture().get(10, SECONDS);
                    return sources.circuits().equals(Map.of(SLOW, CircuitState.CLOSED));
                });
    }

    @Test
    void shouldAnswerNobodyLaterThanTheTimeout() {
        // given
        Source slow = source(SLOW, "SELECT :key::text AS k, pg_sleep(30)");

        // when
        long begun = System.nanoTime();
        var asked = IntStream.range(0, 60).mapToObj(i -> slow.load(new EntryKey("k" + i))).toList();
        await().until(() -> asked.stream().allMatch(each -> each.toCompletableFuture().isDone()));

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.multipliedBy(2));
        List<SourceException.Reason> reasons =
                asked.stream()
                        .map(each ->
                                ((SourceException) each.toCompletableFuture().exceptionNow())
                                        .reason())
                        .toList();
        assertThat(reasons.stream().filter(SourceException.Reason.UNAVAILABLE::equals))
                .hasSizeBetween(26, 56);
    }

    @Test
    void shouldTakeARefusedKeyForAnAnswer() throws Exception {
        // given
        Source source = source(QUICK, "SELECT CAST(:key AS bigint) AS k");

        // when
        for (int i = 0; i < 30; i++) {
            assertThat(failure(source, "text").reason()).isEqualTo(SourceException.Reason.REJECTED);
        }

        // then
        assertThat(sources.circuits()).isEqualTo(Map.of(QUICK, CircuitState.CLOSED));
    }
}
