package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.eviction.Usage;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.ApplyOutcome.Applied;
import io.freshet.engine.store.ApplyOutcome.Behind;
import io.freshet.engine.store.ApplyOutcome.Uninitialised;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.FillOutcome;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisApplierTest {

    private TestRedis redis;
    private List<EntryKey> inOneBucket;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        inOneBucket =
                IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> new EntryKey("k" + i))
                        .filter(key -> redis.bucket(key) == redis.bucket(ALICE))
                        .limit(250)
                        .toList();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldRemoveWhatIsStampedBelowAndMoveTheMarker() {
        // given
        redis.initialise(ALICE, 1, 10);
        put(0, 4);
        put(1, 5);

        // when
        ApplyOutcome outcome = apply(10, 12, 5, hard(0, 5), hard(1, 5), hard(2, 5));

        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0));
        assertThat(redis.read(inOneBucket.get(0)).entry()).isNull();
        assertThat(redis.read(inOneBucket.get(1)).entry()).isNotNull();
        assertThat(marker()).isEqualTo(new Marker(stamp(5), stamp(5), 12));
    }

    @Test
    void shouldMarkSoftAndLeaveStampValueAndExpiryAlone() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry before = entry(4, "kept", Duration.ofMinutes(5));
        await(redis.store.fill(USERS, inOneBucket.get(0), before));

        // when
        ApplyOutcome outcome = apply(0, 1, 6, soft(0, 6));

        // then
        Entry after = requireNonNull(redis.read(inOneBucket.get(0)).entry());
        assertThat(outcome).isEqualTo(new Applied(0, 1));
        assertThat(after.value()).isEqualTo(before.value());
        assertThat(after.header().stamp()).isEqualTo(stamp(4));
        assertThat(after.header().softMark()).isEqualTo(stamp(6));
        assertThat(after.header().isMarkedSoft()).isTrue();
        assertThat(redis.plain().pttl(redis.rawKey(inOneBucket.get(0)))).isPositive();
        assertThat(marker()).isEqualTo(new Marker(stamp(6), stamp(6), 1));
    }

    @Test
    void shouldNeverLowerASoftMark() {
        // given
        redis.initialise(ALICE, 1, 0);
        put(0, 4);
        apply(0, 1, 9, soft(0, 9));

        // when
        ApplyOutcome outcome = apply(0, 1, 6, soft(0, 6));

        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0));
        assertThat(requireNonNull(redis.read(inOneBucket.get(0)).entry()).header().softMark())
                .isEqualTo(stamp(9));
    }

    @Test
    void shouldApplyHardAfterSoftToTheSameEntry() {
        // given
        redis.initialise(ALICE, 1, 0);
        put(0, 4);

        // when
        ApplyOutcome outcome = apply(0, 2, 7, soft(0, 6), hard(0, 7));

        // then
        assertThat(outcome).isEqualTo(new Applied(1, 1));
        assertThat(redis.read(inOneBucket.get(0)).entry()).isNull();
    }

    @Test
    void shouldRefuseABatchThatDoesNotContinueAndDoNothing() {
        // given
        redis.initialise(ALICE, 1, 10);
        put(0, 4);

        // when
        ApplyOutcome outcome = apply(11, 12, 5, hard(0, 5));

        // then
        assertThat(outcome).isEqualTo(new Behind(10));
        assertThat(redis.read(inOneBucket.get(0)).entry()).isNotNull();
        assertThat(marker()).isEqualTo(new Marker(stamp(1), stamp(1), 10));
    }

    @Test
    void shouldEvictButVouchForNothingInABucketWithoutMarker() {
        // given
        put(0, 4);

        // when
        ApplyOutcome outcome = apply(0, 1, 5, hard(0, 5));

        // then
        assertThat(outcome).isEqualTo(new Uninitialised());
        assertThat(redis.read(inOneBucket.get(0))).isEqualTo(new StoredEntry(null, null));
    }

    @Test
    void shouldRaiseABarrierInTheStepThatMovesTheMarker() {
        // given
        redis.initialise(ALICE, 1, 10);

        // when
        ApplyOutcome outcome =
                await(
                        redis.applier.apply(
                                new BucketBatch(
                                        USERS,
                                        redis.bucket(ALICE),
                                        10,
                                        50,
                                        Stamp.ZERO,
                                        stamp(7),
                                        List.of())));

        // then fills from before it are refused too
        assertThat(outcome).isEqualTo(new Applied(0, 0));
        assertThat(marker()).isEqualTo(new Marker(stamp(7), stamp(1), 50, stamp(7)));
        assertThat(await(redis.store.fill(USERS, ALICE, entry(6, "late"))))
                .isEqualTo(new FillOutcome.Refused(stamp(7)));
    }

    @Test
    void shouldKeepTheBarrierWhenTheMarkerMovesOnAndEntriesGoAhead() {
        // given
        redis.initialise(ALICE, 1, 0);
        await(
                redis.applier.apply(
                        new BucketBatch(
                                USERS,
                                redis.bucket(ALICE),
                                0,
                                5,
                                Stamp.ZERO,
                                stamp(7),
                                List.of())));

        // when
        apply(5, 6, 9, hard(0, 9));
        await(redis.store.evict(USERS, ALICE, stamp(10)));

        // then
        assertThat(marker()).isEqualTo(new Marker(stamp(10), stamp(9), 6, stamp(7)));
    }

    @Test
    void shouldTakeABucketBackThatIsAheadOfWhatTheTopicLost() {
        // given
        redis.initialise(ALICE, 1, 1000);

        // when
        await(
                redis.applier.apply(
                        new BucketBatch(
                                USERS,
                                redis.bucket(ALICE),
                                0,
                                0,
                                Stamp.ZERO,
                                stamp(7),
                                List.of())));

        // then
        assertThat(marker()).isEqualTo(new Marker(stamp(7), stamp(1), 0, stamp(7)));
    }

    @Test
    void shouldLeaveTheBucketAsItIsWhenABatchComesAgain() {
        // given
        redis.initialise(ALICE, 1, 0);
        put(0, 4);
        apply(0, 5, 6, hard(0, 6));
        apply(5, 9, 8, hard(1, 8));
        Entry filled = entry(8, "since");
        await(redis.store.fill(USERS, inOneBucket.get(0), filled));
        Marker before = marker();

        // when
        ApplyOutcome outcome = apply(0, 5, 6, hard(0, 6));

        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0));
        assertThat(redis.read(inOneBucket.get(0)).entry()).isEqualTo(filled);
        assertThat(marker()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAFillThatTheEvictionOvertook() {
        // given
        redis.initialise(ALICE, 1, 0);
        apply(0, 1, 6, hard(0, 6));

        // when
        FillOutcome outcome =
                await(redis.store.fill(USERS, inOneBucket.get(0), entry(5, "read before")));

        // then
        assertThat(outcome).isEqualTo(new FillOutcome.Refused(stamp(6)));
    }

    @Test
    void shouldMoveAnIdleBucketWithoutRefusingFills() {
        // given
        redis.initialise(ALICE, 1, 0);

        // when
        ApplyOutcome outcome = apply(0, 40, 900);

        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0));
        assertThat(marker()).isEqualTo(new Marker(stamp(1), stamp(900), 40));
        assertThat(await(redis.store.fill(USERS, ALICE, entry(2, "v"))))
                .isEqualTo(new FillOutcome.Stored());
    }

    @Test
    void shouldApplyALargeBatchInSeveralScriptsAndMoveTheMarkerLast() {
        // given
        redis.initialise(ALICE, 1, 0);
        IntStream.range(0, 250).forEach(i -> put(i, 4));
        KeyEviction[] all =
                IntStream.range(0, 250).mapToObj(i -> hard(i, 5)).toArray(KeyEviction[]::new);
        long scriptsBefore = scriptCalls();

        // when
        ApplyOutcome outcome = apply(0, 3, 5, all);

        // then
        assertThat(outcome).isEqualTo(new Applied(250, 0));
        assertThat(marker()).isEqualTo(new Marker(stamp(5), stamp(5), 3));
        assertThat(scriptCalls() - scriptsBefore).isEqualTo(3);
    }

    @Test
    void shouldCountAnEntryThatIsEvictedTwiceInABatchOnce() {
        // given
        redis.initialise(ALICE, 1, 0);
        put(1, 4);
        Usage ofOne = redis.usage();
        put(0, 4);

        // when
        ApplyOutcome outcome = apply(0, 1, 6, hard(0, 5), soft(0, 6), hard(0, 6));

        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0));
        assertThat(redis.usage())
                .usingRecursiveComparison()
                .ignoringFields("evicted")
                .isEqualTo(ofOne);
        assertThat(redis.usage().evicted().invalidated()).isEqualTo(1);
    }

    @Test
    void shouldRemoveForeignValues() {
        // given
        redis.initialise(ALICE, 1, 0);
        redis.plain().set(redis.rawKey(inOneBucket.get(0)), new byte[] {'x'});

        // when
        ApplyOutcome outcome = apply(0, 1, 5, soft(0, 5));

        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0));
    }

    @Test
    void shouldInitialiseOnceAndAnswerTheMarkerThatStands() {
        // given
        Marker first = redis.initialise(ALICE, 5, 100);

        // when
        Marker second = redis.initialise(ALICE, 9, 200);

        // then
        assertThat(first).isEqualTo(new Marker(stamp(5), stamp(5), 100));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldReadMarkersOfManyBuckets() {
        // given
        await(redis.applier.initialise(USERS, 3, stamp(5), 100));
        await(redis.applier.initialise(USERS, 7, stamp(6), 101));

        // when
        Map<Integer, Marker> markers = await(redis.applier.markers(USERS, List.of(0, 3, 7, 15)));

        // then
        assertThat(markers)
                .containsOnly(
                        Map.entry(3, new Marker(stamp(5), stamp(5), 100)),
                        Map.entry(7, new Marker(stamp(6), stamp(6), 101)));
    }

    private long scriptCalls() {
        return redis.plain()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(
                        line -> Long.parseLong(line, line.indexOf('=') + 1, line.indexOf(','), 10))
                .findFirst()
                .orElse(0);
    }

    private Marker marker() {
        return requireNonNull(redis.read(ALICE).marker());
    }

    private void put(int index, long stamp) {
        await(redis.store.put(USERS, inOneBucket.get(index), entry(stamp, "v")));
    }

    private ApplyOutcome apply(
            long continuesFrom, long nextOffset, long through, KeyEviction... evictions) {
        return await(
                redis.applier.apply(
                        new BucketBatch(
                                USERS,
                                redis.bucket(ALICE),
                                continuesFrom,
                                nextOffset,
                                stamp(through),
                                List.of(evictions))));
    }

    private KeyEviction hard(int index, long killsBelow) {
        return new KeyEviction(inOneBucket.get(index), Mode.HARD, stamp(killsBelow));
    }

    private KeyEviction soft(int index, long killsBelow) {
        return new KeyEviction(inOneBucket.get(index), Mode.SOFT, stamp(killsBelow));
    }
}
