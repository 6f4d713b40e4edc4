package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.store.ApplyOutcome.Applied;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.infra.servers.RedisServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evictions must go through when Redis has no memory left: nothing else makes room. */
class FullRedisTest {

    private static final int BUCKETS = 4;

    @TempDir Path directory;

    private RedisServer server;
    private TestRedis redis;
    private EntryKey first;

    @BeforeEach
    void takeItsMemory() {
        server = OwnRedis.start(directory);
        redis = TestRedis.at(server.uri(), BUCKETS);
        first = key(0);
        redis.initialise(first, 1, 0);
        for (int i = 0; i < 10; i++) {
            await(redis.store.put(USERS, key(i), entry(5, "v")));
        }
        redis.plain().configSet("maxmemory", "1mb");
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void shouldApplyEvictionsAndSoftMarks() {
        // given
        EntryKey second = sameBucketAs(first);
        var batch =
                new BucketBatch(
                        USERS,
                        redis.bucket(first),
                        0,
                        1,
                        stamp(9),
                        List.of(
                                new KeyEviction(second, Mode.SOFT, stamp(9)),
                                new KeyEviction(first, Mode.HARD, stamp(9))));

        // when
        var outcome = await(redis.applier.apply(batch));

        // then
        assertThat(outcome).isEqualTo(new Applied(1, 1));
        assertThat(redis.read(first).marker()).isEqualTo(new Marker(stamp(9), stamp(9), 1));
    }

    @Test
    void shouldEvictWhatARowCannotReplace() {
        // given
        var batch =
                new BucketBatch(
                        USERS,
                        redis.bucket(first),
                        0,
                        1,
                        stamp(9),
                        List.of(new KeyEviction(first, Mode.HARD, stamp(9), entry(9, "row"))));
        // when
        var outcome = await(redis.applier.apply(batch));
        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0, 0));
        assertThat(redis.read(first).entry()).isNull();
    }

    @Test
    void shouldEvictAheadOfTheApplier() {
        // when
        boolean removed = await(redis.store.evict(USERS, first, stamp(9)));

        // then
        assertThat(removed).isTrue();
        assertThat(redis.read(first).marker()).isEqualTo(new Marker(stamp(9), stamp(1), 0));
    }

    @Test
    void shouldInitialiseABucket() {
        // given
        int other = (redis.bucket(first) + 1) % BUCKETS;

        // when
        Marker marker = await(redis.applier.initialise(USERS, other, stamp(4), 7));

        // then
        assertThat(marker).isEqualTo(new Marker(stamp(4), stamp(4), 7));
    }

    @Test
    void shouldCountFillsAsFullWhenNobodyCanGo() {
        // when: all goes that there is, and that is not enough
        var fill = redis.store.fill(USERS, first, entry(9, "v"));

        // then
        assertThat(await(fill)).isEqualTo(new FillOutcome.Full());
        assertThat(
                        redis.meters
                                .get("freshet.redis.errors")
                                .tag("op", "fill")
                                .tag("kind", "full")
                                .counter()
                                .count())
                .isPositive();
    }

    private EntryKey sameBucketAs(EntryKey key) {
        for (int i = 1; ; i++) {
            if (redis.bucket(key(i)) == redis.bucket(key)) {
                return key(i);
            }
        }
    }

    private static EntryKey key(int i) {
        return new EntryKey("k" + i);
    }
}
