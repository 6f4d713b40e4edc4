package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.eviction.BucketState;
import io.freshet.engine.eviction.Quota;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.namespace.Bounds;
import io.freshet.engine.namespace.EvictionPolicy;
import io.freshet.engine.namespace.NamespaceConfig;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private TestRedis redis;
    private NamespaceConfig config;
    private Touches touches;
    private Upkeep upkeep;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        config = redis.within(new Bounds(160, 0, EvictionPolicy.LRU, 1 << 20));
        touches = new Touches(64);
        upkeep = new Upkeep(redis.connections, redis.keys, redis.known, touches);
    }

    @AfterEach
    void close() {
        upkeep.close();
        redis.close();
    }

    @Test
    void shouldGiveBackQuotaThatNobodyHas() {
        // given: a node that took quota from two buckets, and died
        await(redis.buckets.take(config, 3, new Quota(4, 0), 0));
        await(redis.buckets.take(config, 5, new Quota(2, 0), 0));

        // when
        rounds();

        // then
        assertThat(quota()).isEqualTo(160);
    }

    @Test
    void shouldTakeAwayQuotaThatTwoHave() {
        // given: a failover that undid a taking, in a namespace that is full
        await(redis.buckets.take(config, 3, new Quota(-4, 0), 0));
        IntStream.range(0, 300)
                .forEach(i -> await(redis.store.put(USERS, new EntryKey("k" + i), entry(5, "v"))));

        // when
        rounds();

        // then
        assertThat(quota()).isEqualTo(160);
        assertThat(redis.usage().entries()).isBetween(150L, 160L);
    }

    @Test
    void shouldBringReadsIntoTheOrder() {
        // given
        await(redis.store.put(USERS, ALICE, entry(5, "v")));
        long before = place();

        // when
        touches.read(config, ALICE);
        upkeep.note();

        // then
        assertThat(place()).isGreaterThan(before);
    }

    @Test
    void shouldKnowWhatNamespacesHold() {
        // given
        await(redis.store.put(USERS, ALICE, entry(5, "v")));

        // when
        upkeep.round();

        // then
        assertThat(upkeep.usage(USERS).entries()).isOne();
    }

    /** As many as it takes, each with the lease that holds for a moment. */
    private void rounds() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    upkeep.round();
                    return quota() == 160;
                });
    }

    private long quota() {
        return await(redis.buckets.survey(config)).stream()
                .map(BucketState::quota)
                .mapToLong(Quota::entries)
                .sum();
    }

    private long place() {
        return await(redis.buckets.survey(config, redis.bucket(ALICE))).victim();
    }
}
