package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.CorruptEntryException;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.entry.EntryCodec;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Claim;
import io.freshet.engine.lease.Holder;
import io.freshet.engine.lease.LeaseStore;
import io.freshet.engine.store.StoredEntry;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Leases in Redis, each in the slot of its entry. A claim is one script, a release another; the
 * release publishes to the channel of each node that has said it waits, and to no other.
 */
public final class RedisLeases implements LeaseStore {

    private static final long NONE = -1;
    private static final int TAKEN = 0;
    private static final int HELD = 1;

    /** Redis removes a key a moment after its time is over. */
    private static final long SLACK_MILLIS = 2;

    private final RedisConnections redis;
    private final RedisKeys keys;

    public RedisLeases(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public CompletionStage<Claim> claim(Namespace namespace, EntryKey key, Bid bid) {
        int bucket = keys.bucketOf(namespace, key);
        byte[] lease = keys.lease(namespace, bucket, key);
        // Before Redis is asked, so that nothing said after its answer is missed.
        CompletableFuture<Void> freed = redis.notices().await(lease);
        return redis.<List<@Nullable Object>>eval(
                        Op.CLAIM,
                        Script.CLAIM,
                        ScriptOutputType.MULTI,
                        new byte[][] {
                            lease,
                            keys.entry(namespace, bucket, key),
                            keys.marker(namespace, bucket)
                        },
                        bid.holder().id().getBytes(US_ASCII),
                        ascii(bid.stamp().packed()),
                        ascii(bid.length().toMillis()),
                        ascii(bid.over() == null ? NONE : bid.over().packed()),
                        ascii(bid.seen() == null ? NONE : bid.seen().toEpochMilli()),
                        redis.notices().channel())
                .thenApply(answer -> claim(answer, freed))
                .whenComplete((claim, _) -> {
                    if (!(claim instanceof Claim.Held)) {
                        freed.cancel(false);
                    }
                });
    }

    private Claim claim(List<@Nullable Object> answer, CompletableFuture<Void> freed) {
        return switch ((int) number(answer, 0)) {
            case TAKEN -> new Claim.Taken();
            case HELD ->
                    new Claim.Held(
                            new Stamp(number(answer, 1)),
                            Duration.ofMillis(Math.max(0, number(answer, 2)) + SLACK_MILLIS),
                            freed);
            default ->
                    new Claim.Filled(
                            new StoredEntry(
                                    entry((byte @Nullable []) answer.get(1)),
                                    MarkerFormat.decode((byte @Nullable []) answer.get(2))));
        };
    }

    private @Nullable Entry entry(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : EntryCodec.decode(bytes);
        } catch (CorruptEntryException e) {
            redis.failures().corrupt(Op.CLAIM, e);
            return null;
        }
    }

    private static long number(List<@Nullable Object> answer, int index) {
        return answer.get(index) instanceof Long number ? number : 0;
    }

    @Override
    public void release(Namespace namespace, EntryKey key, Holder holder) {
        int bucket = keys.bucketOf(namespace, key);
        var _ =
                redis.<Long>eval(
                        Op.RELEASE,
                        Script.RELEASE,
                        ScriptOutputType.INTEGER,
                        new byte[][] {keys.lease(namespace, bucket, key)},
                        holder.id().getBytes(US_ASCII));
    }
}
