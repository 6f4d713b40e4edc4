package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.store.ApplyOutcome.Applied;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.StoreUnavailableException;
import io.freshet.infra.servers.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The same on a Cluster of three masters: every step stays inside one slot. */
@DisabledIfSystemProperty(
        named = "freshet.servers",
        matches = "containers",
        disabledReason = "servers of a Cluster must know the addresses that clients use")
class RedisClusterTest {

    @TempDir static Path directory;

    private static ThreeMasters masters;
    private static RedisConnections connections;
    private static RedisKeys keys;
    private static RedisEntryStore store;
    private static RedisApplier applier;

    @BeforeAll
    static void form() {
        masters = ThreeMasters.form(directory);
        connections =
                RedisConnector.connect(
                        RedisOptions.of(masters.uri()).commandTimeout(Duration.ofSeconds(2)),
                        new SimpleMeterRegistry());
        keys = new RedisKeys(new Partitioning(4, 16), "");
        store = new RedisEntryStore(connections, keys);
        applier = new RedisApplier(connections, keys);
        for (int bucket = 0; bucket < 16; bucket++) {
            await(applier.initialise(USERS, bucket, stamp(1), 0));
        }
    }

    @AfterAll
    static void close() {
        connections.close();
        masters.close();
    }

    @Test
    void shouldSpreadANamespaceOverAllMasters() {
        // when
        long masterCount =
                IntStream.range(0, 16)
                        .map(bucket -> SlotHash.getSlot(keys.marker(USERS, bucket)))
                        .mapToObj(masters::ownerOf)
                        .distinct()
                        .count();

        // then
        assertThat(masterCount).isEqualTo(3);
        assertThat(await(applier.markers(USERS, IntStream.range(0, 16).boxed().toList())))
                .hasSize(16);
    }

    @Test
    void shouldFillReadEvictAndApplyInEverySlot() {
        // given
        List<EntryKey> all = IntStream.range(0, 64).mapToObj(i -> new EntryKey("k" + i)).toList();

        for (EntryKey key : all) {
            // when
            var filled = await(store.fill(USERS, key, entry(2, key.value())));
            var late = await(store.fill(USERS, key, entry(0, "late")));

            // then
            assertThat(filled).isEqualTo(new FillOutcome.Stored());
            assertThat(late).isEqualTo(new FillOutcome.Refused(stamp(1)));
        }
        assertThat(await(store.readAll(USERS, all)))
                .allSatisfy(read -> assertThat(read.entry()).isNotNull())
                .allSatisfy(read -> assertThat(read.marker()).isNotNull());
        for (EntryKey key : all) {
            assertThat(await(applier.apply(kill(key, 3)))).isEqualTo(new Applied(1, 0));
        }
        assertThat(await(store.readAll(USERS, all)))
                .allSatisfy(read -> assertThat(read.entry()).isNull());
    }

    @Test
    void shouldSayThatItIsConnectedAndFailOnlyWhereAMasterIsGone() {
        // given
        RedisServer gone = masters.ownerOf(SlotHash.getSlot(keys.marker(USERS, 0)));
        EntryKey there = keyOwnedBy(false, gone);
        EntryKey lost = keyOwnedBy(true, gone);
        assertThat(connections.isConnected()).isTrue();

        // when
        gone.pause();

        // then
        assertThatThrownBy(() -> await(store.read(USERS, lost)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(requireNonNull(await(store.read(USERS, there)).marker()).nextOffset())
                .isNotNegative();

        // and when
        gone.resume();

        // then
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(await(store.read(USERS, lost)).marker()).isNotNull());
    }

    private static BucketBatch kill(EntryKey key, long position) {
        return new BucketBatch(
                USERS,
                keys.bucketOf(USERS, key),
                0,
                1,
                stamp(position),
                List.of(new KeyEviction(key, Mode.HARD, stamp(position))));
    }

    private static EntryKey keyOwnedBy(boolean owned, RedisServer server) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new EntryKey("owned" + i))
                .filter(key -> ownerOf(key).equals(server) == owned)
                .findFirst()
                .orElseThrow();
    }

    private static RedisServer ownerOf(EntryKey key) {
        return masters.ownerOf(SlotHash.getSlot(keys.entry(USERS, key)));
    }
}
