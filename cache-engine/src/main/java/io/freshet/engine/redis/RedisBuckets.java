package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.BucketState;
import io.freshet.engine.eviction.EvictionCounts;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.namespace.NamespaceConfig;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** The accounts of a namespace's buckets. Thread-safe, nothing blocks. */
public final class RedisBuckets {

    private static final int SWEPT_AT_ONCE = 50;

    private final RedisConnections redis;
    private final RedisKeys keys;

    public RedisBuckets(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    int count() {
        return keys.partitioning().buckets();
    }

    /** The state of every bucket; what has expired is swept on the way, a few of each bucket. */
    public CompletionStage<List<BucketState>> survey(NamespaceConfig namespace) {
        List<CompletableFuture<BucketState>> states =
                IntStream.range(0, count())
                        .mapToObj(bucket -> survey(namespace, bucket).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(states.toArray(CompletableFuture[]::new))
                .thenApply(_ -> states.stream().map(CompletableFuture::join).toList());
    }

    CompletionStage<BucketState> survey(NamespaceConfig namespace, int bucket) {
        Quota bounds = Quota.of(namespace.bounds());
        Quota share = bounds.shareOf(bucket, count());
        return redis.<List<Long>>eval(
                        Op.SURVEY,
                        Script.SURVEY,
                        ScriptOutputType.MULTI,
                        marker(namespace.name(), bucket),
                        ascii(bounds.entries()),
                        ascii(bounds.bytes()),
                        ascii(share.entries()),
                        ascii(share.bytes()),
                        ascii(SWEPT_AT_ONCE))
                .thenApply(answer -> state(bucket, answer));
    }

    /**
     * Takes quota away from a bucket, as far as what is free and what lies low enough in the order
     * allow.
     *
     * @param wanted less than zero to give
     * @return what was taken
     */
    CompletionStage<Quota> take(NamespaceConfig namespace, int bucket, Quota wanted, long upTo) {
        Quota bounds = Quota.of(namespace.bounds());
        Quota share = bounds.shareOf(bucket, count());
        return redis.<List<Long>>eval(
                        Op.QUOTA,
                        Script.QUOTA,
                        ScriptOutputType.MULTI,
                        marker(namespace.name(), bucket),
                        ascii(bounds.entries()),
                        ascii(bounds.bytes()),
                        ascii(share.entries()),
                        ascii(share.bytes()),
                        ascii(wanted.entries()),
                        ascii(wanted.bytes()),
                        ascii(upTo))
                .thenApply(answer -> new Quota(answer.get(0), answer.get(1)));
    }

    /** Evicts from a bucket because Redis is full; the bytes that became free. */
    CompletionStage<Long> relieve(Namespace namespace, int bucket, long bytes, long upTo) {
        return redis.eval(
                Op.RELIEVE,
                Script.RELIEVE,
                ScriptOutputType.INTEGER,
                marker(namespace, bucket),
                ascii(bytes),
                ascii(upTo));
    }

    private byte[][] marker(Namespace namespace, int bucket) {
        return new byte[][] {keys.marker(namespace, bucket)};
    }

    private static BucketState state(int bucket, List<Long> answer) {
        return new BucketState(
                bucket,
                new Quota(answer.get(0), answer.get(1)),
                new Quota(answer.get(2), answer.get(3)),
                answer.get(4),
                answer.get(5),
                new EvictionCounts(
                        answer.get(6),
                        answer.get(7),
                        answer.get(8),
                        answer.get(9),
                        answer.get(10)));
    }
}
