package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Lookup;
import io.freshet.engine.store.Marker;
import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.SharedServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * X8: a Redis that is emptied, that comes back with an old dump, or whose promoted replica never
 * got the last evictions, under a running service and running nodes. Nobody is answered the value
 * that was invalidated, whatever Redis has come to hold again, and Redis is healed without any new
 * invalidation.
 */
class RedisLossTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EntryKey ROME = new EntryKey("rome");
    private static final String SQL = "SELECT mayor FROM public.cities WHERE name = :key";

    private final Namespace cities = new Namespace(SharedServers.freshName("cities"));
    private final Path directory;
    private final RedisServer redis;
    private final Installation installation;

    RedisLossTest(@TempDir Path directory) {
        this.directory = directory;
        redis = ServerProvider.configured().startRedis(RedisOptions.in(directory.resolve("redis")));
        installation = new Installation(redis.uri(), directory.resolve("state"));
    }

    @AfterEach
    void close() {
        installation.close();
        redis.close();
    }

    private ConfigurableApplicationContext startWithRome() throws Exception {
        installation.migrate();
        installation.declare(cities);
        installation.execute("CREATE TABLE public.cities (name text PRIMARY KEY, mayor text)");
        installation.execute("INSERT INTO public.cities VALUES ('rome', 'first')");
        var service = installation.start();
        await().atMost(PATIENCE).until(() -> installation.takesFills(cities));
        return service;
    }

    private ReadingNode node() {
        ReadingNode node = installation.node(cities, SQL);
        await().atMost(PATIENCE).until(node::isReady);
        installation.heartbeat();
        return node;
    }

    private static void fill(ReadingNode node) {
        await().atMost(PATIENCE).until(() -> node.read(ROME).tier() == Lookup.Tier.L2);
    }

    /** The value changes; when this returns the old one is gone from Redis and no new one there. */
    private void elect() throws Exception {
        installation.execute("UPDATE public.cities SET mayor = 'second'");
        installation.invalidateKey(cities, ROME);
        await().atMost(PATIENCE).until(() -> !installation.holds(cities, ROME));
        // So that the position of the eviction is below the floor of a node that starts now.
        installation.heartbeat();
        await().atMost(PATIENCE)
                .until(() ->
                        markers().stream().allMatch(marker -> marker.applied().position() >= 3));
    }

    private Collection<Marker> markers() {
        return installation.markers(cities).values();
    }

    private static boolean vouchesBehindABarrier(Marker marker) {
        return marker.barrier().position() >= 3
                && marker.applied().compareTo(marker.barrier()) >= 0;
    }

    private static void tell(String uri, Consumer<RedisCommands<String, String>> commands) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            commands.accept(connection.sync());
        }
    }

    /** Reads all the time until Redis is healed: the value from before is never answered. */
    private static void readUntilHealed(ReadingNode... nodes) {
        List<String> answers = new ArrayList<>();
        await().atMost(PATIENCE)
                .until(() -> {
                    for (ReadingNode node : nodes) {
                        answers.add(node.value(ROME));
                    }
                    return nodes[0].read(ROME).tier() == Lookup.Tier.L2;
                });
        assertThat(answers).allSatisfy(answer -> assertThat(answer).contains("second"));
    }

    /** It is found out by itself, without any new invalidation. */
    private static void awaitFound(ConfigurableApplicationContext service, String cause)
            throws Exception {
        var counter = "freshet_redis_losses_total\\{cause=\"" + cause + "\"} [1-9]";
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Installation.get(service, "prometheus").body())
                                .containsPattern(counter));
        assertThat(Installation.get(service, "health").body()).contains("redis-" + cause);
    }

    @Test
    void shouldNeverAnswerWhatAnOldDumpBringsBack() throws Exception {
        try (var service = startWithRome();
                var before = node()) {
            // given a dump from before the election
            fill(before);
            tell(redis.uri(), RedisCommands::save);
            elect();
            try (var since = node()) {
                // when
                redis.kill();
                redis.restart();
                // then
                readUntilHealed(since, before);
                awaitFound(service, "behind");
                assertThat(Installation.get(service, "prometheus").body())
                        .contains("freshet_redis_server_changes_total 1.0");
            }
        }
    }

    @Test
    void shouldNeverTrustAnOldDumpWhoseEvictionsRetentionHasRemoved() throws Exception {
        try (var service = startWithRome();
                var before = node()) {
            // given a dump that needs evictions which Kafka keeps no more
            fill(before);
            tell(redis.uri(), RedisCommands::save);
            elect();
            installation.expire(installation.topics().evictions());
            try (var since = node()) {
                // when
                redis.kill();
                redis.restart();
                // then the markers have moved on, past what the new node remembers
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() ->
                                markers().stream().allMatch(RedisLossTest::vouchesBehindABarrier));
                readUntilHealed(since, before);
                awaitFound(service, "expired");
            }
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "freshet.servers",
            matches = "containers",
            disabledReason = "the replica takes over the master's port")
    void shouldNeverAnswerWhatAPromotedReplicaStillHolds() throws Exception {
        try (var service = startWithRome();
                var replica =
                        ServerProvider.configured()
                                .startRedis(RedisOptions.in(directory.resolve("replica")));
                var before = node()) {
            // given a replica that lost its master before the election
            fill(before);
            follow(replica, redis.port());
            follow(replica, 1);
            elect();
            try (var since = node()) {
                // when
                redis.kill();
                tell(
                        replica.uri(),
                        commands -> {
                            commands.replicaofNoOne();
                            commands.configSet("port", Integer.toString(redis.port()));
                        });
                // then it is evicted again, although nothing invalidates it again
                awaitFound(service, "behind");
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> !installation.holds(cities, ROME));
                readUntilHealed(since, before);
            }
        }
    }

    private static void follow(RedisServer replica, int port) {
        tell(
                replica.uri(),
                commands -> {
                    commands.replicaof("127.0.0.1", port);
                    if (port > 1) {
                        await().atMost(PATIENCE)
                                .until(() ->
                                        commands.info("replication")
                                                .contains("master_link_status:up"));
                    }
                });
    }

    @Test
    void shouldGoOnAfterRedisWasEmptied() throws Exception {
        try (var service = startWithRome();
                var node = node()) {
            // given
            fill(node);
            elect();
            // when
            tell(redis.uri(), RedisCommands::flushall);
            // then
            readUntilHealed(node);
            awaitFound(service, "emptied");
        }
    }
}
