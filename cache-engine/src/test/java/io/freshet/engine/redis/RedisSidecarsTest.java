package io.freshet.engine.redis;

import static io.freshet.engine.redis.TestRedis.ALICE;
import static io.freshet.engine.redis.TestRedis.USERS;
import static io.freshet.engine.redis.TestRedis.await;
import static io.freshet.engine.redis.TestRedis.entry;
import static io.freshet.engine.redis.TestRedis.stamp;
import static io.freshet.engine.redis.TestStructure.header;
import static io.freshet.engine.redis.TestStructure.marker;
import static io.freshet.engine.redis.TestStructure.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Mode;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.entry.EntryHeader.Kind;
import io.freshet.engine.store.BucketBatch;
import io.freshet.engine.store.KeyEviction;
import io.freshet.engine.structure.Applied;
import io.freshet.engine.structure.Attempt;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Change.Side;
import io.freshet.engine.structure.Changed;
import io.freshet.engine.structure.Question;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the scripts make of the sidecar of a structure: its stamp, its end, its judgement. */
class RedisSidecarsTest {

    private TestStructure it;

    @BeforeEach
    void connect() {
        it = new TestStructure();
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void shouldBeginOnlyWhatIsRegistered() {
        assertThat(it.change(new Change.Increment(1), 5, Attempt.Mode.CHANGE_OR_AGAIN))
                .isEqualTo(new Applied.Again());
        assertThat(it.done(new Change.Pop(Side.LEFT, 1), 5).result())
                .isEqualTo(new Changed.Done(0, 0, List.of()));
        assertThat(it.redis.usage().entries()).isZero();
    }

    @Test
    void shouldBeginAnewWhatTheNodeJudgedOutdated() {
        // given
        it.done(new Change.Add(List.of("before")), 5);

        // when
        var done = (Applied.Done) it.apply(new Change.Add(List.of("after")), it.seen(), true, 9);

        // then
        assertThat(done.began()).isTrue();
        assertThat(done.stamp()).isEqualTo(stamp(9));
        assertThat(texts(it.look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("after");
    }

    @Test
    void shouldNotThrowAwayWhatBeganSinceItWasJudged() {
        // given
        it.done(new Change.Add(List.of("before")), 5);
        EntryHeader seen = it.seen();
        it.apply(new Change.Add(List.of("after")), seen, true, 9);

        // when
        var again = it.apply(new Change.Add(List.of("late")), seen, true, 10);

        // then
        assertThat(again).isEqualTo(new Applied.Again());
        assertThat(texts(it.look(new Question.Page(Kind.SET, 0, 10)))).containsExactly("after");
    }

    @Test
    void shouldRiseToThePositionAtWhichItWasJudged() {
        // given
        it.done(new Change.Increment(1), 5);

        // when
        var done = it.done(new Change.Increment(1), 8);

        // then
        assertThat(done.stamp()).isEqualTo(stamp(8));
        assertThat(it.seen().stamp()).isEqualTo(stamp(8));
    }

    @Test
    void shouldBeginAboveAnEvictionOfWhichTheNodeHasNotHeard() {
        // given
        it.redis.initialise(ALICE, 0, 0);
        await(it.redis.store.evict(USERS, ALICE, stamp(7)));

        // when
        var done = it.done(new Change.Increment(1), 5);

        // then
        assertThat(done.stamp()).isEqualTo(stamp(7));
    }

    @Test
    void shouldAwaitAnEvictionThatMayBeOfIt() {
        // given
        it.done(new Change.Increment(1), 5);
        it.redis.plain().set(it.redis.rawMarker(ALICE), marker(7));

        // then
        assertThat(it.change(new Change.Increment(1), 6)).isEqualTo(new Applied.Refused(stamp(7)));
        assertThat(it.done(new Change.Increment(1), 7).stamp()).isEqualTo(stamp(7));
    }

    @Test
    void shouldGoWithItsSidecarWhenItIsEvicted() {
        // given
        it.done(new Change.Add(List.of("a", "b")), 5);

        // when
        await(it.redis.store.evict(USERS, ALICE, stamp(6)));

        // then
        assertThat(it.redis.plain().exists(it.redis.rawKey(ALICE), it.rawStructure())).isZero();
        assertThat(it.redis.usage().bytes()).isZero();
        assertThat(it.redis.usage().evicted().invalidated()).isOne();
    }

    @Test
    void shouldGoWithItsSidecarWhenTheApplierEvictsIt() {
        // given
        it.redis.initialise(ALICE, 0, 0);
        it.done(new Change.Add(List.of("a", "b")), 5);

        // when
        evict(Mode.HARD);

        // then
        assertThat(it.redis.plain().exists(it.redis.rawKey(ALICE), it.rawStructure())).isZero();
        assertThat(it.redis.usage().bytes()).isZero();
    }

    @Test
    void shouldStayWhenTheApplierMarksItsSidecar() {
        // given
        it.redis.initialise(ALICE, 0, 0);
        it.done(new Change.Add(List.of("a")), 5);

        // when
        evict(Mode.SOFT);
        var done = it.done(new Change.Add(List.of("b")), 7);

        // then
        assertThat(done.began()).isFalse();
        assertThat(done.result().length()).isEqualTo(2);
    }

    @Test
    void shouldGoWhenAValueIsPutInItsPlace() {
        // given
        it.done(new Change.Add(List.of("a", "b")), 5);

        // when
        await(it.redis.store.put(USERS, ALICE, entry(6, "{}")));

        // then
        assertThat(it.redis.plain().exists(it.rawStructure())).isZero();
        assertThat(Objects.requireNonNull(it.redis.read(ALICE).entry()).value())
                .asString(UTF_8)
                .isEqualTo("{}");
        assertThat(it.redis.usage().bytes())
                .isEqualTo(it.redis.plain().strlen(it.redis.rawKey(ALICE)));
    }

    @Test
    void shouldExpireTogetherWithItsSidecarAndKeepTheTimeOfItsBeginning() {
        // given
        it.done(new Change.Increment(1), 5);
        long expiry = it.redis.plain().pexpiretime(it.redis.rawKey(ALICE));

        // when
        it.done(new Change.Increment(1), 6);

        // then
        assertThat(it.redis.plain().pexpiretime(it.redis.rawKey(ALICE))).isEqualTo(expiry);
        assertThat(it.redis.plain().pexpiretime(it.rawStructure())).isEqualTo(expiry);
    }

    @Test
    void shouldTakeOverAnExpiryThatIsStated() {
        // given
        it.done(new Change.Increment(1), 5);
        EntryHeader later = header(Kind.COUNTER, 6, Duration.ofHours(1));

        // when
        var change = new Change.Increment(1);
        var attempt = new Attempt(it.seen(), false, stamp(6), later, Attempt.Mode.BEGIN_OR_EXTEND);
        await(it.structures.change(USERS, ALICE, change, attempt));

        // then
        assertThat(it.seen().hardExpiry()).isEqualTo(later.hardExpiry());
        assertThat(it.redis.plain().pexpiretime(it.rawStructure()))
                .isEqualTo(it.redis.plain().pexpiretime(it.redis.rawKey(ALICE)));
        assertThat(texts(it.look(new Question.Value()))).containsExactly("2");
    }

    private void evict(Mode mode) {
        var evictions = List.of(new KeyEviction(ALICE, mode, stamp(6)));
        await(
                it.redis.applier.apply(
                        new BucketBatch(USERS, it.redis.bucket(ALICE), 0, 1, stamp(6), evictions)));
    }
}
