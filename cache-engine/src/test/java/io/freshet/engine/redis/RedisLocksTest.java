package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.engine.lock.Acquisition;
import io.freshet.engine.lock.FencingTokens;
import io.freshet.engine.lock.LockName;
import io.freshet.engine.lock.LockState;
import io.freshet.engine.lock.Locks;
import io.freshet.engine.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** E7: locks with fencing tokens, on a real Redis. */
class RedisLocksTest {

    private static final LockName NIGHTLY = new LockName("nightly");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong sequence = new AtomicLong(100);
    private TestRedis redis;
    private Locks locks;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        locks = locks(() -> CompletableFuture.completedStage(sequence.incrementAndGet()));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private Locks locks(FencingTokens tokens) {
        return new Locks(
                new RedisLocks(redis.connections, redis.keys),
                tokens,
                RedisLocksTest::within,
                InstantSource.system());
    }

    private static CompletionStage<Boolean> within(Duration limit, CompletionStage<Void> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, failure) -> failure == null);
    }

    @Test
    void shouldGrantALockToOne() {
        // given
        Acquisition first = acquire(LONG, Duration.ZERO);
        // when
        Acquisition second = acquire(LONG, Duration.ZERO);
        // then
        assertThat(first).isEqualTo(new Acquisition.Granted(101, LONG));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Acquisition.Held.class,
                        held ->
                                assertThat(held.left())
                                        .isBetween(Duration.ofSeconds(50), LONG.plusMillis(10)));
    }

    @Test
    void shouldWakeWhoWaitsWhenTheLockIsReleased() {
        // given
        long token = granted(acquire(LONG, Duration.ZERO));
        CompletableFuture<Acquisition> waiting =
                locks.acquire(NIGHTLY, LONG, Duration.ofSeconds(10)).toCompletableFuture();
        // when
        boolean released = await(locks.release(NIGHTLY, token));
        // then
        assertThat(released).isTrue();
        assertThat(granted(await(waiting))).isGreaterThan(token);
    }

    @Test
    void shouldNotWaitLongerThanTheCallerWould() {
        // given
        acquire(LONG, Duration.ZERO);
        // when
        Acquisition late = acquire(LONG, Duration.ofMillis(50));
        // then
        assertThat(late).isInstanceOf(Acquisition.Held.class);
    }

    @Test
    void shouldBeFreeWhenItsTimeIsOver() {
        // given
        long token = granted(acquire(Duration.ofMillis(50), Duration.ZERO));
        // when
        long next = granted(acquire(LONG, Duration.ofSeconds(10)));
        // then
        assertThat(next).isGreaterThan(token);
        assertThat(await(locks.release(NIGHTLY, token))).isFalse();
        assertThat(await(locks.renew(NIGHTLY, token, LONG))).isFalse();
    }

    @Test
    void shouldBeginItsTimeAnew() {
        // given
        long token = granted(acquire(Duration.ofSeconds(10), Duration.ZERO));
        // when
        boolean renewed = await(locks.renew(NIGHTLY, token, LONG));
        // then
        assertThat(renewed).isTrue();
        assertThat(await(locks.state(NIGHTLY)))
                .hasValueSatisfying(state -> {
                    assertThat(state.token()).isEqualTo(token);
                    assertThat(state.left()).isGreaterThan(Duration.ofSeconds(50));
                });
    }

    @Test
    void shouldSayThatNobodyHoldsIt() {
        // given
        long token = granted(acquire(LONG, Duration.ZERO));
        // when
        await(locks.release(NIGHTLY, token));
        // then
        assertThat(await(locks.state(NIGHTLY))).isEmpty();
    }

    @Test
    void shouldGiveTheGreaterTokenToWhoeverComesAfterALossOfMemory() {
        // given
        long token = granted(acquire(LONG, Duration.ZERO));
        redis.plain().del(redis.keys.lock(NIGHTLY));
        // when
        long next = granted(acquire(LONG, Duration.ZERO));
        // then
        assertThat(next).isGreaterThan(token);
        assertThat(await(locks.renew(NIGHTLY, token, LONG))).isFalse();
    }

    /** A draws its token last, but its claim was lost in between and B's stood. */
    @Test
    void shouldNotGrantAClaimThatWasLostWhileItsTokenWasDrawn() {
        // given
        var slow = new CompletableFuture<Long>();
        var slowLocks = locks(() -> slow);
        CompletableFuture<Acquisition> lost =
                slowLocks.acquire(NIGHTLY, LONG, Duration.ZERO).toCompletableFuture();
        await(redis.connections.ping());
        redis.plain().del(redis.keys.lock(NIGHTLY));
        long token = granted(acquire(LONG, Duration.ZERO));
        // when
        slow.complete(token + 1);
        // then
        assertThat(await(lost)).isInstanceOf(Acquisition.Held.class);
        assertThat(await(locks.state(NIGHTLY)).map(LockState::token)).hasValue(token);
    }

    @Test
    void shouldLeaveALockFreeForWhichThereIsNoToken() {
        // given
        var silence = new StoreUnavailableException("away", new IllegalStateException());
        var failing = locks(() -> CompletableFuture.failedStage(silence));
        // when
        assertThatThrownBy(() -> await(failing.acquire(NIGHTLY, LONG, Duration.ZERO)))
                .isSameAs(silence);
        // then
        assertThat(acquire(LONG, Duration.ZERO)).isInstanceOf(Acquisition.Granted.class);
    }

    @Test
    void shouldNeverLetTwoHoldItAndOnlyGiveGreaterTokens() {
        // given
        var inside = new AtomicLong();
        var tokens = new ArrayList<Long>();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        // when
        for (int i = 0; i < 100; i++) {
            callers.add(
                    locks.acquire(NIGHTLY, LONG, Duration.ofSeconds(30))
                            .thenCompose(acquired -> {
                                assertThat(inside.incrementAndGet()).isEqualTo(1);
                                tokens.add(granted(acquired));
                                inside.decrementAndGet();
                                return locks.release(NIGHTLY, granted(acquired));
                            })
                            .toCompletableFuture());
        }
        await(CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)));
        // then
        assertThat(tokens).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    private Acquisition acquire(Duration ttl, Duration wait) {
        return await(locks.acquire(NIGHTLY, ttl, wait));
    }

    private static long granted(Acquisition acquisition) {
        return ((Acquisition.Granted) acquisition).token();
    }
}
