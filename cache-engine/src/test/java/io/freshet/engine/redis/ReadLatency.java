package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;

import io.freshet.contracts.id.EntryKey;
import io.freshet.infra.servers.SharedServers;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/**
 * Compares {@link RedisEntryStore#read} with a plain {@code MGET} of the same two keys on the same
 * connections: one at a time, and with many under way. Run by hand.
 */
final class ReadLatency {

    private static final int KEYS = 200;
    private static final int ROUNDS = 6;
    private static final int ONE_BY_ONE = 20_000;
    private static final int TOGETHER = 200_000;
    private static final int UNDER_WAY = 256;

    private final TestRedis redis;
    private final EntryKey[] keys = new EntryKey[KEYS];
    private final byte[][][] rawKeys = new byte[KEYS][][];

    private ReadLatency(TestRedis redis, int valueBytes) {
        this.redis = redis;
        for (int bucket = 0; bucket < 16; bucket++) {
            await(redis.applier.initialise(USERS, bucket, stamp(1), 0));
        }
        for (int i = 0; i < KEYS; i++) {
            keys[i] = new EntryKey("key" + i);
            rawKeys[i] = new byte[][] {redis.rawKey(keys[i]), redis.rawMarker(keys[i])};
            await(redis.store.fill(USERS, keys[i], entry(2, "x".repeat(valueBytes))));
        }
    }

    public static void main(String[] args) throws InterruptedException {
        SharedServers.redis();
        for (int valueBytes : new int[] {300, 10_000, 1_000_000}) {
            try (var redis = TestRedis.shared()) {
                new ReadLatency(redis, valueBytes).compare(valueBytes);
            }
        }
    }

    private void compare(int valueBytes) throws InterruptedException {
        IntFunction<CompletionStage<?>> plain =
                i -> redis.connections.call(Op.READ, c -> c.mget(rawKeys[i % KEYS]));
        IntFunction<CompletionStage<?>> read = i -> redis.store.read(USERS, keys[i % KEYS]);
        int calls = valueBytes > 100_000 ? 2_000 : ONE_BY_ONE;
        int together = valueBytes > 100_000 ? 4_000 : TOGETHER;
        for (int round = 1; round <= ROUNDS; round++) {
            long[] plainTimes = oneByOne(plain, calls);
            long[] readTimes = oneByOne(read, calls);
            double plainRate = together(plain, together);
            double readRate = together(read, together);
            System.out.printf(
                    Locale.ROOT,
                    "%7d B  one by one p50/p99 us: mget %.1f/%.1f read %.1f/%.1f (p50 x%.2f);"
                            + " together: mget %.0f/s read %.0f/s (x%.2f)%n",
                    valueBytes,
                    at(plainTimes, 0.50),
                    at(plainTimes, 0.99),
                    at(readTimes, 0.50),
                    at(readTimes, 0.99),
                    at(readTimes, 0.50) / at(plainTimes, 0.50),
                    plainRate,
                    readRate,
                    readRate / plainRate);
        }
    }

    private static long[] oneByOne(IntFunction<CompletionStage<?>> operation, int calls) {
        long[] times = new long[calls];
        for (int i = 0; i < calls; i++) {
            long begun = System.nanoTime();
            operation.apply(i).toCompletableFuture().join();
            times[i] = System.nanoTime() - begun;
        }
        Arrays.sort(times);
        return times;
    }

    private static double together(IntFunction<CompletionStage<?>> operation, int calls)
            throws InterruptedException {
        var room = new Semaphore(UNDER_WAY);
        long begun = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            room.acquire();
            var _ = operation.apply(i).whenComplete((_, _) -> room.release());
        }
        room.acquire(UNDER_WAY);
        return calls * 1e9 / (System.nanoTime() - begun);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (sorted.length * quantile)] / 1_000.0;
    }
}
