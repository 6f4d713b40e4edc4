package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.stamp;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Holder;
import io.freshet.infra.servers.SharedServers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * What a lease costs a miss that nobody else waits for: the read that finds nothing, the claim that
 * follows it, and both together with the release that nobody waits for. Run by hand.
 */
final class LeaseLatency {

    private static final int ROUNDS = 5;
    private static final int CALLS = 10_000;

    private final TestRedis redis;
    private final RedisLeases leases;

    private LeaseLatency(TestRedis redis) {
        this.redis = redis;
        this.leases = new RedisLeases(redis.connections, redis.keys);
    }

    public static void main(String[] args) {
        SharedServers.redis();
        try (var redis = TestRedis.shared()) {
            new LeaseLatency(redis).compare();
        }
    }

    private void compare() {
        for (int round = 1; round <= ROUNDS; round++) {
            long[] reads = times(this::read);
            long[] misses =
                    times(i -> {
                        read(i);
                        lease(i);
                    });
            System.out.printf(
                    Locale.ROOT,
                    "p50/p99 us: read %.1f/%.1f, read and lease %.1f/%.1f (p50 +%.1f)%n",
                    at(reads, 0.50),
                    at(reads, 0.99),
                    at(misses, 0.50),
                    at(misses, 0.99),
                    at(misses, 0.50) - at(reads, 0.50));
        }
    }

    private void read(int i) {
        await(redis.store.read(USERS, key(i)));
    }

    private void lease(int i) {
        var bid = new Bid(Holder.random(), stamp(1), Duration.ofSeconds(3), null, null);
        await(leases.claim(USERS, key(i), bid));
        leases.release(USERS, key(i), bid.holder());
    }

    private static EntryKey key(int i) {
        return new EntryKey("key" + i % 200);
    }

    private static long[] times(IntConsumer call) {
        long[] times = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            call.accept(i);
            times[i] = System.nanoTime() - begun;
        }
        Arrays.sort(times);
        return times;
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (sorted.length * quantile)] / 1_000.0;
    }
}
