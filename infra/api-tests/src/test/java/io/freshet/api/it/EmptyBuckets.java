package io.freshet.api.it;

import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.log.KafkaOptions;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.redis.RedisConnector;
import io.freshet.engine.redis.RedisKeys;
import io.freshet.engine.redis.RedisOptions;
import io.freshet.infra.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * The markers of buckets, as the applier makes them when it meets a namespace for the first time.
 */
final class EmptyBuckets {

    private EmptyBuckets() {}

    static void initialise(KafkaOptions kafka, List<String> namespaces) {
        initialise(kafka, namespaces, SharedServers.redis().uri());
    }

    /** In another Redis than the shared one. */
    static void initialise(KafkaOptions kafka, List<String> namespaces, String redisUri) {
        try (RedisConnections redis =
                RedisConnector.connect(RedisOptions.of(redisUri), new SimpleMeterRegistry())) {
            var applier = new RedisApplier(redis, new RedisKeys(kafka.partitioning(), ""));
            // Again and again, for it may not be connected yet.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> {
                        for (String namespace : namespaces) {
                            initialise(applier, new Namespace(namespace), kafka.buckets());
                        }
                        return true;
                    });
        }
    }

    private static void initialise(RedisApplier applier, Namespace namespace, int buckets) {
        for (int bucket = 0; bucket < buckets; bucket++) {
            applier.initialise(namespace, bucket, Stamp.ZERO, 0).toCompletableFuture().join();
        }
    }
}
