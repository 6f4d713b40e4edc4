package io.freshet.api.it;

import io.freshet.infra.servers.RedisOptions;
import io.freshet.infra.servers.RedisServer;
import io.freshet.infra.servers.ServerProvider;
import io.freshet.infra.servers.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A service with a Redis of its own, which a test may hurt, at the end of a road. */
final class OwnRedisService implements AutoCloseable {

    /** Has no source. */
    final String sessions = SharedServers.freshName("sessions");

    /** Reads the table of products. */
    final String products = SharedServers.freshName("products");

    /** Its source takes a moment and tells how many queries of the node the database runs. */
    final String counted = SharedServers.freshName("counted");

    final RedisServer redis;
    final SlowRoad road;
    final RunningService service;

    OwnRedisService(Path directory) throws Exception {
        redis =
                ServerProvider.configured()
                        .startRedis(
                                RedisOptions.in(
                                        Files.createDirectories(directory.resolve("redis"))));
        road = new SlowRoad(redis.port());
        service =
                new RunningService(
                        directory,
                        Map.of(
                                "freshet.redis.uri",
                                "redis://127.0.0.1:" + road.port(),
                                "freshet.api.namespaces-file",
                                namespaces(directory).toString()));
        initialiseBuckets();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> service.management.get("/actuator/health/readiness").status() == 200);
    }

    private Path namespaces(Path directory) throws Exception {
        return Files.writeString(
                directory.resolve("own-redis.yaml"),
                """
                version: 1
                namespaces:
                  - name: %s
                  - name: %s
                    max-staleness: 1h
                    source:
                      sql: SELECT id, name FROM products WHERE id = CAST(:key AS bigint)
                  - name: %s
                    max-staleness: 1h
                    source:
                      sql: >-
                        SELECT CAST(:key AS text) AS key, pg_sleep(0.02)::text AS slept,
                               (SELECT count(*) FROM pg_stat_activity
                                WHERE datname = current_database() AND state = 'active'
                                  AND application_name = 'freshet-api-service') AS active
                """
                        .formatted(sessions, products, counted));
    }

    /** What the applier does when it meets a Redis that has nothing. */
    void initialiseBuckets() {
        EmptyBuckets.initialise(service.kafka, List.of(products, counted), redis.uri());
    }

    @Override
    public void close() {
        service.close();
        road.close();
        redis.close();
    }
}
