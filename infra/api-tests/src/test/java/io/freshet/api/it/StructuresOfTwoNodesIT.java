package io.freshet.api.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.EngineOptions;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Lifetime;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Structures that two nodes change: the service, and an engine on the same servers. */
@ExtendWith(SharedService.class)
class StructuresOfTwoNodesIT {

    private final RunningService service;
    private final String name = SharedServers.freshName("shared");
    private final EntryKey key = new EntryKey("k");
    private final NamespaceConfig namespace = NamespaceConfig.builder(new Namespace(name)).build();
    private final SqlDatabases databases = new SqlDatabases(Map.of());
    private CacheEngine other;

    StructuresOfTwoNodesIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void start() {
        service.api.put("/api/v1/cache/namespaces/" + name, "{}");
        var redis = RedisOptions.of(SharedServers.redis().uri());
        other =
                CacheEngine.start(
                        new EngineOptions(
                                "other-node",
                                "primary",
                                service.kafka,
                                redis.commandTimeout(Duration.ofSeconds(10)),
                                EngineOptions.DEFAULT_NEAR_MAX_BYTES,
                                ViewLimits.DEFAULT),
                        new Sources(databases),
                        new SimpleMeterRegistry());
        await().atMost(Duration.ofSeconds(30)).until(other::isReady);
    }

    @AfterEach
    void stop() {
        other.close();
        databases.close();
    }

    @Test
    void shouldLoseNoIncrementOfEither() throws Exception {
        // when
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var here =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    assertThat(increment().status()).isEqualTo(200);
                                }
                            },
                            clients);
            for (int i = 0; i < 100; i++) {
                change(new Change.Increment(1));
            }
            here.get(60, TimeUnit.SECONDS);
        }

        // then
        assertThat(value()).isEqualTo(200);
    }

    @Test
    void shouldKeepNothingOfBeforeAPurgeWhicheverNodeGoesOn() throws Exception {
        // given
        change(new Change.Increment(5));
        service.api.post(
                "/api/v1/cache/invalidate",
                "{\"namespace\": \"%s\", \"all\": true}".formatted(name));

        // when it is in force here, and soon there
        assertThat(increment().json().get("value").asLong()).isOne();

        // then what began here survives whatever the other node knows
        change(new Change.Increment(1));
        assertThat(value()).isEqualTo(2);
    }

    @Test
    void shouldSeeAtOnceWhatTheOtherHasAdded() throws Exception {
        // when
        change(new Change.Push(Change.Side.RIGHT, List.of("1".getBytes(UTF_8))));
        service.api.post(service.path(name, "k/list"), "{\"push_right\": [2]}");
        change(new Change.Push(Change.Side.RIGHT, List.of("3".getBytes(UTF_8))));

        // then
        assertThat(service.api.get(service.path(name, "k/list")).json().get("values").toString())
                .isEqualTo("[1,2,3]");
    }

    private HttpAnswer increment() {
        return service.api.post(service.path(name, "k/counter"), "{\"increment\": 1}");
    }

    private long value() {
        return service.api.get(service.path(name, "k/counter")).json().get("value").asLong();
    }

    private Changed.Done change(Change change) throws Exception {
        return (Changed.Done)
                other.structures()
                        .change(namespace, key, change, Lifetime.USUAL)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }
}
