package io.freshet.engine.redis;

import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Keys without a life time, spread over the slots: what removes one of them has removed entries as
 * well. Redis evicts nothing, so they go by a flush, or with a server that comes back empty.
 */
public final class RedisCanaries {

    private static final int COUNT = 16;
    private static final byte[] VALUE = {'1'};

    private final RedisConnections redis;
    private final RedisKeys keys;

    public RedisCanaries(RedisConnections redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Sets those that are missing; blocks.
     *
     * @return how many were missing, which no other caller is told
     * @throws CompletionException when Redis does not answer
     */
    public int restore() {
        var answers =
                IntStream.range(0, COUNT)
                        .mapToObj(keys::canary)
                        .map(key ->
                                redis.call(Op.CANARY, commands -> commands.setnx(key, VALUE))
                                        .toCompletableFuture())
                        .toList();
        int missing = 0;
        CompletionException failure = null;
        for (var answer : answers) {
            try {
                missing += answer.join() ? 1 : 0;
            } catch (CompletionException e) {
                failure = e;
            }
        }
        // One that was set here is told now or never.
        if (missing == 0 && failure != null) {
            throw failure;
        }
        return missing;
    }
}
