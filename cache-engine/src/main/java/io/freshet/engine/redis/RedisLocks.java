package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.engine.lease.Holder;
import io.freshet.engine.lock.LockClaim;
import io.freshet.engine.lock.LockName;
import io.freshet.engine.lock.LockState;
import io.freshet.engine.lock.LockStore;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Locks in Redis: one hash a lock, {@code lock:{name}}, that Redis removes when its time is over.
 */
public final class RedisLocks implements LockStore {

    private static final byte[] HOLDER = {'h'};
    private static final byte[] TOKEN = {'t'};

    /** Redis removes a key a moment after its time is over. */
    private static final long SLACK_MILLIS = 2;

    private final RedisConnections redis;
    private final RedisKeys keys;

    public RedisLocks(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public CompletionStage<LockClaim> claim(LockName name, Holder holder, Duration length) {
        byte[] lock = keys.lock(name);
        // Before Redis is asked, so that nothing said after its answer is missed.
        CompletableFuture<Void> freed = redis.notices().await(lock);
        return redis.<List<Long>>eval(
                        Op.LOCK,
                        Script.LOCK,
                        ScriptOutputType.MULTI,
                        new byte[][] {lock},
                        bytes(holder),
                        ascii(length.toMillis()),
                        redis.notices().channel())
                .<LockClaim>thenApply(answer ->
                        answer.getFirst() == 0
                                ? new LockClaim.Taken()
                                : new LockClaim.Held(left(answer.get(1)), freed))
                .whenComplete((claim, _) -> {
                    if (!(claim instanceof LockClaim.Held)) {
                        freed.cancel(false);
                    }
                });
    }

    @Override
    public CompletionStage<Boolean> grant(LockName name, Holder holder, long token, Duration ttl) {
        return yes(Script.GRANT, name, bytes(holder), ascii(token), ascii(ttl.toMillis()));
    }

    @Override
    public CompletionStage<Boolean> withdraw(LockName name, Holder holder) {
        return yes(Script.UNLOCK, name, HOLDER, bytes(holder));
    }

    @Override
    public CompletionStage<Boolean> renew(LockName name, long token, Duration ttl) {
        return yes(Script.RENEW, name, ascii(token), ascii(ttl.toMillis()));
    }

    @Override
    public CompletionStage<Boolean> release(LockName name, long token) {
        return yes(Script.UNLOCK, name, TOKEN, ascii(token));
    }

    @Override
    public CompletionStage<Optional<LockState>> state(LockName name) {
        return redis.<List<Long>>eval(
                        Op.LOCK,
                        Script.LOCKED,
                        ScriptOutputType.MULTI,
                        new byte[][] {keys.lock(name)})
                .thenApply(answer ->
                        answer.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        new LockState(
                                                answer.getFirst(),
                                                Duration.ofMillis(Math.max(0, answer.get(1))))));
    }

    private CompletionStage<Boolean> yes(Script script, LockName name, byte[]... args) {
        return redis.<Long>eval(
                        Op.LOCK,
                        script,
                        ScriptOutputType.INTEGER,
                        new byte[][] {keys.lock(name)},
                        args)
                .thenApply(answer -> answer == 1);
    }

    private static byte[] bytes(Holder holder) {
        return holder.id().getBytes(US_ASCII);
    }

    private static Duration left(long millis) {
        return Duration.ofMillis(Math.max(0, millis) + SLACK_MILLIS);
    }
}
