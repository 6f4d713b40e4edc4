package io.freshet.stream.redis;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.redis.RedisApplier;
import io.freshet.engine.redis.RedisConnections;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.Marker;
import io.freshet.stream.applier.EvictionTarget;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The shared tier in Redis. */
public record RedisEvictionTarget(RedisConnections connections, RedisApplier redis)
        implements EvictionTarget {

    @Override
    public CompletionStage<ApplyOutcome> apply(BucketBatch batch) {
        return redis.apply(batch);
    }

    @Override
    public CompletionStage<Map<Integer, Marker>> markers(
            Namespace namespace, Collection<Integer> buckets) {
        return redis.markers(namespace, buckets);
    }

    @Override
    public CompletionStage<Marker> initialise(
            Namespace namespace, int bucket, Stamp at, long nextOffset) {
        return redis.initialise(namespace, bucket, at, nextOffset);
    }

    @Override
    public CompletionStage<Set<String>> servers() {
        return connections.servers();
    }
}
