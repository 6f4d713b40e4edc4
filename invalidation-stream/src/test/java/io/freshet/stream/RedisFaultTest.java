package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.store.FillOutcome;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** X8: what the applier does when Redis is away, and when it comes back without its data. */
class RedisFaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EntryKey ROME = new EntryKey("rome");
    private static final EntryKey OSLO = new EntryKey("oslo");

    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));
    private final RedisServer redis;
    private final Installation installation;

    RedisFaultTest(@TempDir Path directory) {
        redis = ServerProvider.configured().startRedis(RedisOptions.in(directory.resolve("redis")));
        installation = new Installation(redis.uri(), directory.resolve("state"));
    }

    @AfterEach
    void close() {
        installation.close();
        redis.close();
    }

    private ConfigurableApplicationContext startWithCities() throws Exception {
        installation.migrate();
        installation.declare(cities);
        var service = installation.start();
        await().atMost(PATIENCE).until(() -> installation.takesFills(cities));
        return service;
    }

    private static String applier(ConfigurableApplicationContext service) throws Exception {
        return Installation.get(service, "health").body();
    }

    @Test
    void shouldApplyWhatCameWhileRedisWasAway() throws Exception {
        try (var service = startWithCities()) {
            // given
            installation.fill(cities, ROME, Stamp.ZERO);
            installation.fill(cities, OSLO, Stamp.ZERO);
            redis.pause();
            // when
            installation.invalidateKey(cities, ROME);
            await().atMost(PATIENCE)
                    .until(() -> applier(service).contains("Redis does not answer"));
            redis.resume();
            // then
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !installation.holds(cities, ROME));
            assertThat(installation.holds(cities, OSLO)).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> !applier(service).contains("Redis does not answer"));
        }
    }

    @Test
    void shouldTakeFillsAgainAfterRedisLostItsDataButNoneFromBefore() throws Exception {
        try (var service = startWithCities()) {
            // given an eviction that Redis has seen
            installation.fill(cities, ROME, Stamp.ZERO);
            installation.invalidateKey(cities, ROME);
            await().atMost(PATIENCE).until(() -> !installation.holds(cities, ROME));
            // when
            redis.kill();
            redis.restart();
            // then
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> installation.takesFills(cities));
            assertThat(installation.fill(cities, ROME, Stamp.ZERO))
                    .isInstanceOf(FillOutcome.Refused.class);
            assertThat(Installation.get(service, "prometheus").body())
                    .contains("freshet_applier_markers_vanished_total 8.0");
        }
    }
}
