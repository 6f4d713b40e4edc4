package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.store.ApplyOutcome;
import io.freshet.engine.store.ApplyOutcome.Applied;
import io.freshet.engine.store.ApplyOutcome.Uninitialised;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D3: an eviction that brings what takes the entry's place. */
class ReplacementTest {

    private static final Duration TTL = Duration.ofMinutes(5);

    private TestRedis redis;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldReplaceAnOlderEntryWithItsExpiry() {
        // given
        redis.initialise(ALICE, 1, 0);
        await(redis.store.fill(USERS, ALICE, entry(4, "old")));
        Entry fresh = entry(5, "new", TTL);
        // when
        ApplyOutcome outcome = apply(replacement(fresh));
        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0, 1));
        assertThat(redis.read(ALICE).entry()).isEqualTo(fresh);
        assertThat(redis.plain().pttl(redis.rawKey(ALICE))).isPositive();
    }

    @Test
    void shouldWriteWhereNothingWas() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry fresh = entry(5, "new");
        // when
        ApplyOutcome outcome = apply(replacement(fresh));
        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0, 1));
        assertThat(redis.read(ALICE).entry()).isEqualTo(fresh);
    }

    @Test
    void shouldLeaveANewerEntryAlone() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry newer = entry(6, "newer");
        await(redis.store.fill(USERS, ALICE, newer));
        // when
        ApplyOutcome outcome = apply(replacement(entry(5, "new")));
        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0, 0));
        assertThat(redis.read(ALICE).entry()).isEqualTo(newer);
    }

    @Test
    void shouldRefuseOneThatIsOlderThanAnEvictionThatHasBegun() {
        // given
        redis.initialise(ALICE, 1, 0);
        await(redis.store.evict(USERS, ALICE, stamp(6)));
        // when
        ApplyOutcome outcome = apply(replacement(entry(5, "late")));
        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0, 0));
        assertThat(redis.read(ALICE).entry()).isNull();
    }

    @Test
    void shouldLetALaterEvictionOfTheSameBatchTakeItAway() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry newest = entry(7, "newest");
        // when
        ApplyOutcome outcome =
                apply(
                        replacement(entry(5, "new")),
                        new KeyEviction(ALICE, Mode.HARD, stamp(6)),
                        replacement(newest));
        // then
        assertThat(outcome).isEqualTo(new Applied(1, 0, 2));
        assertThat(redis.read(ALICE).entry()).isEqualTo(newest);
    }

    @Test
    void shouldChangeNothingWhenItIsAppliedAgain() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry first = entry(5, "new");
        apply(replacement(first));
        // when
        ApplyOutcome outcome = apply(replacement(entry(5, "again")));
        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0, 0));
        assertThat(redis.read(ALICE).entry()).isEqualTo(first);
    }

    @Test
    void shouldWriteOneThatStandsBehindAFullScript() {
        // given
        redis.initialise(ALICE, 1, 0);
        Entry fresh = entry(5, "new");
        var evictions =
                new ArrayList<>(
                        Collections.nCopies(
                                RedisApplier.MAX_KEYS_PER_SCRIPT,
                                new KeyEviction(ALICE, Mode.HARD, stamp(4))));
        evictions.add(replacement(fresh));
        evictions.add(new KeyEviction(new EntryKey("other"), Mode.HARD, stamp(6)));
        // when
        ApplyOutcome outcome = apply(evictions.toArray(KeyEviction[]::new));
        // then
        assertThat(outcome).isEqualTo(new Applied(0, 0, 1));
        assertThat(redis.read(ALICE).entry()).isEqualTo(fresh);
    }

    @Test
    void shouldWriteNothingIntoABucketWithoutMarker() {
        // when
        ApplyOutcome outcome = apply(replacement(entry(5, "new")));
        // then
        assertThat(outcome).isEqualTo(new Uninitialised());
        assertThat(redis.read(ALICE).entry()).isNull();
    }

    private static KeyEviction replacement(Entry entry) {
        return new KeyEviction(ALICE, Mode.HARD, entry.header().stamp(), entry);
    }

    private ApplyOutcome apply(KeyEviction... evictions) {
        return await(
                redis.applier.apply(
                        new BucketBatch(
                                USERS, redis.bucket(ALICE), 0, 1, stamp(9), List.of(evictions))));
    }
}
