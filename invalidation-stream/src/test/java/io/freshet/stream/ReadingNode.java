package io.freshet.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.CacheEngine;
import io.freshet.engine.EngineOptions;
import io.freshet.engine.Lookup;
import io.freshet.engine.ReadOptions;
import io.freshet.engine.freshness.ViewLimits;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.StalePolicy;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabaseOptions;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node without near copies and with a wide window: what it answers rests on Redis. */
final class ReadingNode implements AutoCloseable {

    private final SqlDatabases databases;
    private final CacheEngine engine;
    private final NamespaceConfig namespace;

    private ReadingNode(SqlDatabases databases, CacheEngine engine, NamespaceConfig namespace) {
        this.databases = databases;
        this.engine = engine;
        this.namespace = namespace;
    }

    static ReadingNode start(
            KafkaOptions kafka,
            String redisUri,
            SqlDatabaseOptions database,
            Namespace namespace,
            String sql) {
        var databases = new SqlDatabases(Map.of("primary", database));
        var options =
                new EngineOptions(
                        SharedServers.freshName("node"),
                        "primary",
                        kafka,
                        RedisOptions.of(redisUri),
                        0,
                        ViewLimits.DEFAULT);
        var config =
                NamespaceConfig.builder(namespace)
                        .window(Duration.ofHours(1), StalePolicy.BYPASS)
                        .source(
                                new SqlSourceConfig(
                                        "primary", sql, Duration.ofSeconds(5), List.of()))
                        .build();
        return new ReadingNode(
                databases,
                CacheEngine.start(options, new Sources(databases), new SimpleMeterRegistry()),
                config);
    }

    boolean isReady() {
        return engine.isReady();
    }

    /** What a caller is answered, and from where. */
    Lookup.Hit read(EntryKey key) throws Exception {
        return (Lookup.Hit)
                engine.cache()
                        .get(namespace, key, ReadOptions.DEFAULT)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }

    String value(EntryKey key) throws Exception {
        return new String(read(key).entry().value(), UTF_8);
    }

    @Override
    public void close() {
        engine.close();
        databases.close();
    }
}
