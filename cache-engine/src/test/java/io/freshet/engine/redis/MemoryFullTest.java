package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.PutOutcome;
import io.freshet.infra.servers.RedisServer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C-03: when the memory of Redis is full, entries go by policy and writes go on. */
class MemoryFullTest {

    private static final long MEGABYTE = 1 << 20;
    private static final Namespace OTHERS = new Namespace("others");
    private static final String KILOBYTE = "v".repeat(1_000);

    @TempDir Path directory;

    private RedisServer server;
    private TestRedis redis;
    private long maxmemory;

    @BeforeEach
    void start() {
        server = OwnRedis.start(directory);
        redis = TestRedis.at(server.uri(), 16);
        maxmemory = usedMemory() + 4 * MEGABYTE;
        redis.plain().configSet("maxmemory", Long.toString(maxmemory));
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void c03_shouldEvictTheLeastRecentlyUsedWhenRedisIsFull() {
        // given
        redis.within(new Bounds(0, 0, EvictionPolicy.LRU, MEGABYTE));

        // when: four times of what there is room for
        boolean allStored =
                IntStream.range(0, 12_000)
                        .allMatch(i -> put(USERS, i) instanceof PutOutcome.Stored);

        // then
        assertThat(allStored).isTrue();
        assertThat(IntStream.range(11_500, 12_000)).allMatch(this::isThere);
        assertThat(IntStream.range(0, 6_000)).noneMatch(this::isThere);
        Usage usage = redis.usage();
        assertThat(usage.evicted().policy()).isEqualTo(12_000 - usage.entries());
        assertThat(usedMemory()).isLessThan(maxmemory + MEGABYTE / 4);
    }

    @Test
    void c03_shouldEvictFromOtherNamespacesWhenItsOwnHasNobody() {
        // given
        redis.within(new Bounds(0, 0, EvictionPolicy.LRU, MEGABYTE));
        redis.known.note(NamespaceConfig.of(OTHERS));
        for (int i = 0; i < 6_000; i++) {
            put(OTHERS, i);
        }

        // when
        PutOutcome outcome = put(USERS, 1);

        // then
        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        assertThat(isThere(1)).isTrue();
    }

    @Test
    void c03_shouldRefuseWhenNobodyMayGo() {
        // given
        redis.within(new Bounds(0, 0, EvictionPolicy.NONE, MEGABYTE));
        EntryKey key = new EntryKey("k0");
        redis.initialise(key, 1, 0);
        int stored = 0;
        while (put(USERS, stored) instanceof PutOutcome.Stored) {
            stored++;
        }

        // when
        FillOutcome outcome = await(redis.store.fill(USERS, key, entry(9, KILOBYTE.repeat(20))));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Full());
        assertThat(redis.usage().entries()).isEqualTo(stored);
    }

    private PutOutcome put(Namespace namespace, int i) {
        return await(redis.store.put(namespace, new EntryKey("k" + i), entry(5, KILOBYTE)));
    }

    private boolean isThere(int i) {
        return redis.read(new EntryKey("k" + i)).entry() != null;
    }

    private long usedMemory() {
        return redis.plain()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line, 12, line.length(), 10))
                .findFirst()
                .orElseThrow();
    }
}
