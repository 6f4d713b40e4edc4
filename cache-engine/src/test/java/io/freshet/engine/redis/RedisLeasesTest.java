package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.position.Stamp;
import io.freshet.engine.entry.Entry;
import io.freshet.engine.lease.Bid;
import io.freshet.engine.lease.Claim;
import io.freshet.engine.lease.Holder;
import io.freshet.engine.store.Marker;
import io.freshet.engine.store.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisLeasesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private TestRedis redis;
    private RedisLeases leases;

    @BeforeEach
    void connect() {
        redis = TestRedis.shared();
        leases = new RedisLeases(redis.connections, redis.keys);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldGiveALeaseToOne() {
        // given
        Claim first = claim(bid(5));
        // when
        Claim second = claim(bid(6));
        // then
        assertThat(first).isEqualTo(new Claim.Taken());
        assertThat(second)
                .isInstanceOfSatisfying(
                        Claim.Held.class,
                        held -> {
                            assertThat(held.by()).isEqualTo(stamp(5));
                            assertThat(held.left())
                                    .isBetween(Duration.ofSeconds(50), LONG.plusMillis(10));
                        });
    }

    @Test
    void shouldTellWhoWaitsWhenTheLeaseIsReleased() {
        // given
        Bid holding = bid(5);
        claim(holding);
        var held = (Claim.Held) claim(bid(5));
        // when
        leases.release(USERS, ALICE, holding.holder());
        // then
        Awaitility.await().untilAsserted(() -> assertThat(held.freed()).isCompleted());
        assertThat(claim(bid(5))).isEqualTo(new Claim.Taken());
    }

    @Test
    void shouldKeepTheLeaseOfAnother() {
        // given
        claim(bid(5));
        var held = (Claim.Held) claim(bid(5));
        // when
        leases.release(USERS, ALICE, Holder.random());
        // then those who wait look, and wait on
        Awaitility.await().untilAsserted(() -> assertThat(held.freed()).isCompleted());
        assertThat(claim(bid(5))).isInstanceOf(Claim.Held.class);
    }

    @Test
    void shouldDisplaceAHolderThatIsBehindAndNoOther() {
        // given
        claim(bid(5));
        // when
        Claim over = claim(bid(7, stamp(5), null));
        Claim late = claim(bid(8, stamp(6), null));
        // then
        assertThat(over).isEqualTo(new Claim.Taken());
        assertThat(late)
                .isInstanceOfSatisfying(
                        Claim.Held.class, held -> assertThat(held.by()).isEqualTo(stamp(7)));
    }

    @Test
    void shouldTellWhoWaitedForADisplacedHolder() {
        // given
        claim(bid(5));
        var held = (Claim.Held) claim(bid(5));
        Bid over = bid(7, stamp(5), null);
        claim(over);
        // when
        leases.release(USERS, ALICE, over.holder());
        // then
        Awaitility.await().untilAsserted(() -> assertThat(held.freed()).isCompleted());
    }

    @Test
    void shouldEndALeaseWithItsTime() {
        // given
        claim(new Bid(Holder.random(), stamp(5), Duration.ofMillis(50), null, null));
        // then
        Awaitility.await()
                .untilAsserted(() -> assertThat(claim(bid(5))).isEqualTo(new Claim.Taken()));
    }

    @Test
    void shouldAnswerAnEntryThatTheBidderHasNotSeen() {
        // given
        redis.initialise(ALICE, 5, 17);
        Entry filled = entry(6, "{}");
        await(redis.store.fill(USERS, ALICE, filled));
        // when
        Claim unseen = claim(bid(6));
        Claim seen = claim(bid(6, null, filled.header().created()));
        // then
        assertThat(unseen)
                .isEqualTo(
                        new Claim.Filled(
                                new StoredEntry(filled, new Marker(stamp(5), stamp(5), 17))));
        assertThat(seen).isEqualTo(new Claim.Taken());
    }

    @Test
    void shouldAnswerAnEntryOfABucketWithoutAMarker() {
        // given
        Entry put = entry(6, "{}");
        await(redis.store.put(USERS, ALICE, put));
        // when
        Claim unseen = claim(bid(6));
        // then
        assertThat(unseen).isEqualTo(new Claim.Filled(new StoredEntry(put, null)));
    }

    private Claim claim(Bid bid) {
        return await(leases.claim(USERS, ALICE, bid));
    }

    private static Bid bid(long position) {
        return bid(position, null, null);
    }

    private static Bid bid(long position, @Nullable Stamp over, @Nullable Instant seen) {
        return new Bid(Holder.random(), stamp(position), LONG, over, seen);
    }
}
