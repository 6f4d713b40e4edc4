package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.store.PutOutcome;
import io.freshet.infra.servers.SharedServers;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** C1: the bounds of a namespace hold, whoever writes, and however small they are. */
class BoundsTest {

    private static final int BUCKETS = 64;
    private static final String SUM =
            """
            local sum = 0
            for bucket = 0, 63 do
                if ARGV[2] == 'entries' then
                    sum = sum + redis.call('ZCARD', ARGV[1] .. 'exp:{users.' .. bucket .. '}')
                else
                    local packed = redis.call('GET', ARGV[1] .. 'acct:{users.' .. bucket .. '}')
                    sum = sum + (packed and (struct.unpack('>I8', packed)) or 0)
                end
            end
            return sum
            """;

    private final long seed = System.nanoTime();
    private TestRedis redis;

    @BeforeEach
    void connect() {
        redis = TestRedis.at(SharedServers.redis().uri(), BUCKETS);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldLetTheOldestGoForTheOneTooMany() {
        // given
        bound(100, 0, EvictionPolicy.LRU);
        IntStream.range(0, 100).forEach(this::put);

        // when
        put(100);

        // then
        assertThat(redis.usage().entries()).isEqualTo(100);
        assertThat(redis.usage().evicted().size()).isOne();
        assertThat(isThere(0)).isFalse();
    }

    @Test
    void shouldKeepAboutTheLatestOfASmallNamespace() {
        // given
        bound(100, 0, EvictionPolicy.LRU);

        // when
        IntStream.range(0, 1_000).forEach(this::put);

        // then
        assertThat(redis.usage().entries()).isEqualTo(100);
        assertThat(IntStream.range(980, 1_000)).allMatch(this::isThere);
        assertThat(IntStream.range(0, 800)).noneMatch(this::isThere);
    }

    @Test
    void shouldEvictRatherThanRefuseWhereAValueIsLargerThanTheShareOfABucket() {
        // given
        bound(0, 20 * 1024, EvictionPolicy.LRU);

        // when
        List<PutOutcome> outcomes =
                IntStream.range(0, 60)
                        .mapToObj(number ->
                                await(
                                        redis.store.put(
                                                USERS, key(number), entry(5, "v".repeat(2_000)))))
                        .toList();

        // then
        assertThat(outcomes).allMatch(outcome -> outcome instanceof PutOutcome.Stored);
        assertThat(redis.usage().bytes()).isBetween(14L * 1024, 20L * 1024);
        assertThat(IntStream.range(56, 60)).allMatch(this::isThere);
    }

    @Test
    void shouldFillALargeNamespaceBeforeItEvicts() {
        // given
        bound(6_400, 0, EvictionPolicy.LRU);

        // when
        IntStream.range(0, 6_400).forEach(this::put);

        // then
        assertThat(redis.usage().entries()).isGreaterThan(6_400 * 99 / 100);
    }

    @Test
    void shouldNeverHoldMoreEntriesThanItMay() throws Exception {
        // given
        bound(500, 0, EvictionPolicy.LRU);
        List<Long> seen = new ArrayList<>();

        // when
        whileCounting(
                "entries",
                seen,
                writers(4, 300, (random, node) -> write(node, "k" + random.nextInt(1_500), 20)));

        // then
        assertThat(seen).as("seed %d", seed).isNotEmpty().allMatch(entries -> entries <= 500);
        assertThat(redis.usage().entries()).isGreaterThanOrEqualTo(495);
    }

    @Test
    void shouldNeverHoldMoreBytesThanItMay() throws Exception {
        // given: values that are larger than what a bucket begins with
        bound(0, 1_000_000, EvictionPolicy.LRU);
        List<Long> seen = new ArrayList<>();

        // when
        whileCounting(
                "bytes",
                seen,
                writers(
                        4,
                        80,
                        (random, node) ->
                                write(node, "k" + random.nextInt(300), random.nextInt(1, 50_000))));

        // then
        assertThat(seen).as("seed %d", seed).isNotEmpty().allMatch(bytes -> bytes <= 1_000_000);
        assertThat(redis.usage().bytes()).isGreaterThan(700_000);
        assertThat(redis.usage().bytes()).isEqualTo(bytesInRedis());
    }

    @Test
    void shouldRefuseWhatDoesNotFitWhereNobodyMayGo() {
        // given
        bound(10, 0, EvictionPolicy.NONE);
        IntStream.range(0, 10).forEach(this::put);

        // when
        PutOutcome eleventh = await(redis.store.put(USERS, key(10), entry(5, "v")));

        // then
        assertThat(eleventh).isEqualTo(new PutOutcome.Full());
        assertThat(isThere(10)).isFalse();
        assertThat(IntStream.range(0, 10)).allMatch(this::isThere);
    }

    @Test
    void shouldReplaceAndRefillWhereNobodyMayGo() {
        // given
        bound(10, 0, EvictionPolicy.NONE);
        IntStream.range(0, 10).forEach(this::put);

        // when
        PutOutcome replaced = await(redis.store.put(USERS, key(3), entry(5, "again")));
        await(redis.store.evict(USERS, key(4), TestRedis.stamp(9)));
        PutOutcome other = await(redis.store.put(USERS, key(11), entry(5, "v")));

        // then
        assertThat(replaced).isInstanceOf(PutOutcome.Stored.class);
        assertThat(other).isInstanceOf(PutOutcome.Stored.class);
        assertThat(redis.usage().evicted().replaced()).isOne();
        assertThat(redis.usage().evicted().invalidated()).isOne();
    }

    @Test
    void shouldRefuseAValueThatIsLargerThanItsNamespace() {
        // given
        bound(0, 1_000, EvictionPolicy.LRU);
        put(1);

        // when
        PutOutcome outcome = await(redis.store.put(USERS, key(2), entry(5, "v".repeat(1_000))));

        // then
        assertThat(outcome).isEqualTo(new PutOutcome.Full());
        assertThat(isThere(1)).isTrue();
    }

    @Test
    void shouldLetTheSoonestToExpireGo() {
        // given
        bound(50, 0, EvictionPolicy.TTL);
        for (int i = 0; i < 50; i++) {
            await(redis.store.put(USERS, key(i), entry(5, "v", Duration.ofMinutes(60 - i))));
        }

        // when
        await(redis.store.put(USERS, key(50), entry(5, "v", Duration.ofMinutes(90))));

        // then
        assertThat(isThere(49)).isFalse();
        assertThat(IntStream.range(0, 49)).allMatch(this::isThere);
    }

    @Test
    void shouldLetExpiredEntriesLeaveTheAccount() {
        // given
        bound(50, 0, EvictionPolicy.LRU);
        for (int i = 0; i < 20; i++) {
            await(redis.store.put(USERS, key(i), entry(5, "v", Duration.ofMillis(300))));
        }

        // when
        Awaitility.await().until(() -> redis.usage().entries() == 0);

        // then
        Usage usage = redis.usage();
        assertThat(usage.bytes()).isZero();
        assertThat(usage.evicted().expired()).isEqualTo(20);
        assertThat(redis.plain().exists(redis.rawKey(key(3)))).isZero();
    }

    @Test
    void shouldTakeNarrowerBoundsAtOnce() {
        // given
        bound(200, 0, EvictionPolicy.LRU);
        IntStream.range(0, 200).forEach(this::put);

        // when
        bound(100, 0, EvictionPolicy.LRU);
        Usage usage = redis.usage();

        // then
        assertThat(usage.entries()).isLessThanOrEqualTo(100);
    }

    @Test
    void shouldCountAnewWhenItsAccountIsLost() {
        // given
        bound(0, 1_000_000, EvictionPolicy.LRU);
        IntStream.range(0, 50).forEach(this::put);
        long before = redis.usage().bytes();

        // when
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            redis.plain()
                    .del((redis.keys.prefix() + "acct:{users." + bucket + "}").getBytes(UTF_8));
        }

        // then
        assertThat(redis.usage().bytes()).isEqualTo(before);
    }

    private void bound(long entries, long bytes, EvictionPolicy policy) {
        redis.within(new Bounds(entries, bytes, policy, 1 << 20));
    }

    private void put(int i) {
        await(redis.store.put(USERS, key(i), entry(5, "v")));
    }

    private boolean isThere(int i) {
        return redis.read(key(i)).entry() != null;
    }

    private static EntryKey key(int i) {
        return new EntryKey("k" + i);
    }

    private static void write(RedisEntryStore node, String key, int bytes) {
        await(node.put(USERS, new EntryKey(key), entry(5, "v".repeat(bytes))));
    }

    private interface Writing {

        void write(Random random, RedisEntryStore node);
    }

    private List<Callable<Void>> writers(int nodes, int times, Writing writing) {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            RedisEntryStore node = redis.anotherNode();
            for (int thread = 0; thread < 2; thread++) {
                Random random = new Random(seed + 2L * i + thread);
                writers.add(() -> {
                    for (int n = 0; n < times; n++) {
                        writing.write(random, node);
                    }
                    return null;
                });
            }
        }
        return writers;
    }

    private void whileCounting(String what, List<Long> seen, List<Callable<Void>> writers)
            throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> counter =
                    threads.submit(() -> {
                        while (!over.get()) {
                            seen.add(sum(what));
                        }
                    });
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            over.set(true);
            counter.get();
        }
    }

    private long sum(String what) {
        return redis.plain()
                .eval(
                        SUM,
                        ScriptOutputType.INTEGER,
                        new byte[0][],
                        redis.keys.prefix().getBytes(UTF_8),
                        what.getBytes(UTF_8));
    }

    private long bytesInRedis() {
        return IntStream.range(0, 300)
                .mapToLong(i -> redis.plain().strlen(redis.rawKey(key(i))))
                .sum();
    }
}
