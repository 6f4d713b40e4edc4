package io.freshet.engine.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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
     * <p>First all are looked for: a setting that is not answered in time may have been done all
     * the same, and nobody could tell any more that the key had been missing. So it counts, and
     * another caller may be told of the same one.
     *
     * @return how many were missing, which no other caller is told as long as Redis answers
     * @throws CompletionException when Redis does not answer; then nothing was set
     */
    public int restore() {
        List<byte[]> all = IntStream.range(0, COUNT).mapToObj(keys::canary).toList();
        List<CompletableFuture<Long>> found = all.stream().map(this::lookFor).toList();
        List<byte[]> missing =
                IntStream.range(0, COUNT)
                        .filter(i -> found.get(i).join() == 0)
                        .mapToObj(all::get)
                        .toList();
        List<CompletableFuture<Boolean>> settings = missing.stream().map(this::set).toList();
        return (int) settings.stream().filter(CompletableFuture::join).count();
    }

    private CompletableFuture<Long> lookFor(byte[] key) {
        return redis.call(Op.CANARY, commands -> commands.exists(key)).toCompletableFuture();
    }

    private CompletableFuture<Boolean> set(byte[] key) {
        return redis.call(Op.CANARY, commands -> commands.setnx(key, VALUE))
                .exceptionally(_ -> true)
                .toCompletableFuture();
    }
}
