package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.event.FanOutProgress;
import io.freshet.contracts.event.FanOutProgress.State;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** X4, X8: whatever happens in the middle of a large purge, no key of it is lost. */
class FanOutFaultTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** More of them with {@code -Dfreshet.purge=...} on the test JVM. */
    private static final int KEYS = Integer.getInteger("freshet.purge", 2_000);

    /** So that the purge takes three seconds. */
    private static final String SLOWLY =
            "--freshet.stream.fan-out.keys-per-second=" + Math.max(1, KEYS / 3);

    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));
    private final List<EntryKey> all =
            IntStream.range(0, KEYS).mapToObj(i -> new EntryKey("city" + i)).toList();
    private final Path directory;
    private final RedisServer redis;
    private final Installation installation;

    FanOutFaultTest(@TempDir Path directory) {
        this.directory = directory;
        redis = ServerProvider.configured().startRedis(RedisOptions.in(directory.resolve("redis")));
        installation = new Installation(redis.uri(), directory.resolve("state"));
        installation.migrate();
    }

    @AfterEach
    void close() {
        installation.close();
        redis.close();
    }

    private static String stateIn(Path directory) {
        return "--freshet.stream.state-dir=" + directory;
    }

    private void fillAll() throws Exception {
        installation.declare(cities);
        await().atMost(PATIENCE).until(() -> installation.takesFills(cities));
        installation.fillAll(cities, all, Stamp.ZERO, "europe");
        await().atMost(PATIENCE).until(installation::isIndexed);
    }

    /** Returns in the middle of it. */
    private void beginPurge() {
        installation.invalidateTag(cities, "europe");
        await().atMost(PATIENCE).until(() -> progress(State.RUNNING).size() > 1);
        assertThat(progress(State.DONE)).isEmpty();
    }

    private List<FanOutProgress> progress(State state) {
        return installation.values(installation.topics().fanOuts()).stream()
                .filter(told -> told.state() == state)
                .toList();
    }

    private void awaitAllGone() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> installation.held(cities, all) == 0);
        await().atMost(PATIENCE)
                .until(() ->
                        progress(State.DONE).stream().map(FanOutProgress::position).count() > 1);
    }

    private static long partitionsOf(ConfigurableApplicationContext service) throws Exception {
        return Installation.get(service, "prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("freshet_log_position{"))
                .count();
    }

    @Test
    void shouldFinishWhatAKilledInstanceBegan() throws Exception {
        // given two instances, each with a partition and a standby of the other's
        String standby = "--freshet.stream.standby-replicas=1";
        String session = "--freshet.stream.session-timeout=6s";
        try (var killed =
                        installation.fork(
                                directory.resolve("killed.log"),
                                SLOWLY,
                                standby,
                                session,
                                stateIn(directory.resolve("killed")));
                var survivor = installation.start(SLOWLY, standby, session)) {
            fillAll();
            await().atMost(PATIENCE).until(() -> partitionsOf(survivor) == 1);
            beginPurge();
            // when
            killed.kill();
            // then
            awaitAllGone();
            assertThat(partitionsOf(survivor)).isEqualTo(2);
        }
    }

    @Test
    void shouldFinishWhenAnotherInstanceJoinsInTheMiddle() throws Exception {
        // given
        try (var _ = installation.start(SLOWLY)) {
            fillAll();
            beginPurge();
            // when
            try (var joined = installation.start(SLOWLY, stateIn(directory.resolve("joined")))) {
                // then
                await().atMost(PATIENCE).until(() -> partitionsOf(joined) == 1);
                awaitAllGone();
            }
        }
    }

    @Test
    void shouldFinishWithoutItsStateDirectory() throws Exception {
        // given
        try (var _ = installation.start(SLOWLY)) {
            fillAll();
            beginPurge();
        }
        FileSystemUtils.deleteRecursively(directory.resolve("state"));
        // when
        try (var service = installation.start(SLOWLY)) {
            // then
            awaitAllGone();
            assertThat(Installation.get(service, "prometheus").body())
                    .containsPattern("freshet_restore_rows_total\\{stream=\"expander\"} [1-9]")
                    .containsPattern("freshet_restore_seconds_count\\{stream=\"expander\"} [1-9]");
        }
    }

    @Test
    void shouldLoseNothingWhileRedisIsAway() throws Exception {
        // given
        try (var service = installation.start()) {
            fillAll();
            redis.pause();
            // when everything is handed out before Redis is back
            installation.invalidateTag(cities, "europe");
            await().atMost(PATIENCE)
                    .until(() ->
                            progress(State.DONE).stream().mapToLong(FanOutProgress::keys).sum()
                                    == KEYS);
            await().atMost(PATIENCE)
                    .until(() ->
                            Installation.get(service, "health")
                                    .body()
                                    .contains("Redis does not answer"));
            redis.resume();
            // then
            awaitAllGone();
        }
    }
}
