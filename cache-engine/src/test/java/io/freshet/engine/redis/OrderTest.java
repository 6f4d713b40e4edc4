package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EntryClass;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who goes first: the order of eviction, and how reads change it. */
class OrderTest {

    private static final int BOUND = 40;

    private TestRedis redis;
    private RedisTouches order;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        order = new RedisTouches(redis.connections, redis.keys, redis.known.halfLives());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldSpareWhatWasReadLately() {
        // given
        NamespaceConfig config = redis.within(bounds(EvictionPolicy.LRU));
        put(0, BOUND);

        // when
        read(config, 1, "k0", "k1", "k2");
        put(100, 3);

        // then
        assertThat(present("k0", "k1", "k2")).isTrue();
        assertThat(Stream.of("k3", "k4", "k5")).noneMatch(this::present);
    }

    @Test
    void shouldSpareWhatIsReadOften() {
        // given
        NamespaceConfig config = redis.within(bounds(EvictionPolicy.LFU));
        put(0, BOUND);

        // when: more pass by than there is room for, and are never read
        for (int passed = 0; passed < BOUND + 10; passed += 10) {
            read(config, 1_000, "k0", "k1", "k2");
            put(100 + passed, 10);
        }

        // then
        assertThat(present("k0", "k1", "k2")).isTrue();
    }

    @Test
    void shouldNeverEvictAClassThatIsSpared() {
        // given
        NamespaceConfig config =
                NamespaceConfig.builder(USERS)
                        .bounds(bounds(EvictionPolicy.LRU))
                        .entryClass(
                                new EntryClass(
                                        "kept",
                                        new KeyPattern("k*"),
                                        null,
                                        EvictionPolicy.NONE,
                                        null))
                        .build();
        redis.known.note(config);
        put(0, 10);

        // when
        IntStream.range(0, 200)
                .forEach(i -> await(redis.store.put(USERS, key("x" + i), entry(5, "v"))));

        // then
        assertThat(IntStream.range(0, 10)).allMatch(i -> present("k" + i));
        assertThat(redis.usage().entries()).isEqualTo(BOUND);
    }

    @Test
    void shouldIgnoreReadsOfWhatIsGone() {
        // given
        NamespaceConfig config = redis.within(bounds(EvictionPolicy.LRU));

        // when
        read(config, 1, "k0");

        // then
        assertThat(redis.usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void shouldTellHowOftenAndWhenAnEntryWasRead() {
        // given
        NamespaceConfig config = redis.within(bounds(EvictionPolicy.LRU));
        put(0, 1);
        read(config, 100, "k0");

        // when
        var metadata =
                await(new RedisInventory(redis.connections, redis.keys).metadata(config, key("k0")))
                        .orElseThrow();

        // then
        assertThat(metadata.reads()).isBetween(75L, 130L);
        assertThat(metadata.idle()).isLessThan(Duration.ofSeconds(5));
        assertThat(metadata.size()).isEqualTo(redis.plain().strlen(redis.rawKey(key("k0"))));
    }

    private void put(int from, int count) {
        IntStream.range(from, from + count)
                .forEach(i -> await(redis.store.put(USERS, key("k" + i), entry(5, "v"))));
    }

    private void read(NamespaceConfig config, int times, String... keys) {
        var touches = new Touches(4_096);
        for (String key : keys) {
            for (int i = 0; i < times; i++) {
                touches.read(config, key(key));
            }
        }
        await(order.note(touches.drain(), Duration.ZERO));
    }

    private boolean present(String... keys) {
        return Arrays.stream(keys).allMatch(key -> redis.read(key(key)).entry() != null);
    }

    private static Bounds bounds(EvictionPolicy policy) {
        return new Bounds(BOUND, 0, policy, 1 << 20);
    }

    private static EntryKey key(String key) {
        return new EntryKey(key);
    }
}
