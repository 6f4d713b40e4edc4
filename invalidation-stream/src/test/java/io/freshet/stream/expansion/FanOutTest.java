package io.freshet.stream.expansion;

import static io.freshet.stream.expansion.Scene.at;
import static io.freshet.stream.expansion.Scene.everything;
import static io.freshet.stream.expansion.Scene.ofKey;
import static io.freshet.stream.expansion.Scene.pattern;
import static io.freshet.stream.expansion.Scene.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.FanOutOrder.Action;
import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large purges: paced, never in the way, never lost. */
class FanOutTest {

    private static final int CITIES = 1000;

    private final Scene scene = new Scene(new Pace(100, 30, 100, Pace.UNBOUNDED));

    private final List<String> all =
            IntStream.range(0, CITIES).mapToObj("city%04d"::formatted).toList();

    private void registerAll() {
        all.forEach(city -> scene.register(city, 0, "europe"));
    }

    @Test
    void shouldEvictABoundedNumberOfKeysAtATime() {
        // given
        registerAll();
        // when
        Stamp purge = scene.invalidate(tag("europe"));
        // then
        assertThat(scene.evictedAt(purge)).hasSize(100);
        assertThat(scene.evictions())
                .allSatisfy(eviction ->
                        assertThat(((Eviction.Keys) eviction).keys()).hasSizeLessThanOrEqualTo(30));
        scene.work();
        assertThat(scene.evictedAt(purge)).hasSize(200);
    }

    @Test
    void shouldEvictEveryKeyExactlyOnce() {
        // given
        registerAll();
        // when
        Stamp purge = scene.invalidate(tag("europe"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(purge)).containsExactlyElementsOf(all);
        assertThat(scene.fannedOut()).containsExactly((long) CITIES);
        assertThat(scene.outstandingFanOuts()).isZero();
        assertThat(scene.indexedKeys()).isZero();
        assertThat(scene.taggedKeys()).isZero();
    }

    @Test
    void shouldLetAKeyEventOvertakeALargePurge() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(everything());
        // when
        Stamp key = scene.invalidate(ofKey("city0999"));
        // then it is out, and says so honestly, while the purge goes on
        assertThat(scene.evictedAt(key)).containsExactly("city0999");
        assertThat(scene.evictions().getLast().through()).isEqualTo(key);
        assertThat(scene.evictedAt(purge)).hasSizeLessThan(CITIES);
    }

    @Test
    void shouldBoundTheRowsThatAPatternLooksAt() {
        // given nothing matches, so that every row is looked at in vain
        registerAll();
        // when
        scene.invalidate(pattern("*nowhere"));
        // then
        assertThat(scene.outstandingFanOuts()).isOne();
        for (int step = 0; step < CITIES / 100; step++) {
            scene.work();
        }
        assertThat(scene.outstandingFanOuts()).isZero();
    }

    @Test
    void shouldForgetNothingBeforeTheEvictionsAreLasting() {
        // given
        registerAll();
        scene.invalidate(tag("europe"));
        // when no commit passes
        for (int step = 0; step < 100; step++) {
            scene.work();
        }
        // then
        assertThat(scene.indexedKeys()).isEqualTo(CITIES);
        assertThat(scene.outstandingFanOuts()).isOne();
    }

    @Test
    void shouldForgetNothingWhileThereIsSomethingToEvict() {
        // given a part that is lasting
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.commit();
        // when
        scene.work();
        // then
        assertThat(scene.evictedAt(purge)).hasSizeLessThan(CITIES);
        assertThat(scene.indexedKeys()).isEqualTo(CITIES);
    }

    @Test
    void shouldTakeItsTimeToForgetUntilAnotherWaitsForIt() {
        // given everything evicted, and that lasting
        registerAll();
        Stamp first = scene.invalidate(tag("europe"));
        while (scene.indexedKeys() == CITIES) {
            scene.work();
            scene.commit();
        }
        int before = scene.indexedKeys();
        // when
        scene.work();
        int after = scene.indexedKeys();
        Stamp again = scene.invalidate(tag("europe"));
        // then
        assertThat(scene.evictedAt(first)).hasSize(CITIES);
        assertThat(before - after).isPositive();
        assertThat(after - scene.indexedKeys()).isGreaterThan(10 * (before - after));
        scene.settle();
        assertThat(scene.evictedAt(again)).isEmpty();
    }

    @Test
    void shouldGoOnBehindWhatIsLastingAfterARestart() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.commit();
        scene.work();
        scene.commit();
        // when
        scene.restartAt(purge.position());
        scene.forgetOutput();
        scene.settle();
        // then the first part is not evicted again, but forgotten
        assertThat(scene.evictedAt(purge)).hasSizeLessThan(CITIES).contains("city0999");
        assertThat(scene.indexedKeys()).isZero();
    }

    @Test
    void shouldNotForgetAKeyThatWasRegisteredInTheMeantime() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        // when
        scene.register("city0000", purge.position(), "europe");
        scene.register("city0999", purge.position(), "europe");
        scene.settle();
        // then
        assertThat(scene.indexedKeys()).isEqualTo(2);
    }

    @Test
    void shouldCostOnlyWhatWasRegisteredInBetweenWhenATagIsPurgedAgain() {
        // given
        registerAll();
        scene.invalidate(tag("europe"));
        scene.settle();
        scene.register("rome", 1, "europe");
        // when
        Stamp again = scene.invalidate(tag("europe"));
        // then
        assertThat(scene.evictedAt(again)).containsExactly("rome");
    }

    @Test
    void shouldDropAWaitingPurgeThatALaterOneCovers() {
        // given one under way and one waiting
        registerAll();
        scene.invalidate(tag("europe"));
        scene.invalidate(tag("europe"));
        // when
        Stamp last = scene.invalidate(everything());
        // then
        assertThat(scene.outstandingFanOuts()).isEqualTo(2);
        scene.register("oslo", 2);
        scene.settle();
        assertThat(scene.evictedAt(last)).contains("oslo");
        assertThat(scene.indexedKeys()).isZero();
    }

    @Test
    void shouldNotDropAWaitingHardPurgeForASoftOne() {
        // given
        registerAll();
        scene.invalidate(tag("europe"));
        Stamp waiting = scene.invalidate(tag("europe"));
        scene.register("rome", 1, "other");
        // when
        scene.invalidateSoftly(everything());
        // then
        assertThat(scene.outstandingFanOuts()).isEqualTo(3);
        scene.settle();
        assertThat(scene.evictedAt(waiting)).isNotNull();
    }

    @Test
    void shouldGoOnAfterARestart() {
        // given a purge under way whose record is committed
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.work();
        scene.commit();
        scene.work();
        scene.work();
        // when it restarts behind that record
        scene.restartAt(purge.position());
        scene.heartbeat();
        scene.settle();
        // then every key has been evicted, some of them twice
        assertThat(scene.evictedAt(purge)).containsAll(all);
        assertThat(scene.indexedKeys()).isZero();
    }

    @Test
    void shouldBeginAnewWhenItsRecordIsReadAgain() {
        // given tables that are ahead of the input: nothing was committed
        registerAll();
        scene.invalidate(tag("europe"));
        scene.work();
        scene.restartAt(0);
        scene.forgetOutput();
        // when
        Stamp purge = scene.invalidate(tag("europe"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(purge)).containsExactlyElementsOf(all);
    }

    @Test
    void shouldGoOnAfterARestartWithoutAnyInput() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.commit();
        scene.restartAt(purge.position());
        scene.forgetOutput();
        // when
        scene.settle();
        // then it claims nothing that it has not read
        assertThat(scene.evictedAt(purge)).containsExactlyElementsOf(all);
        assertThat(scene.evictions()).extracting(Eviction::through).containsOnly(Stamp.ZERO);
    }

    @Test
    void shouldClaimAfterARestartOnlyWhatWasCommitted() {
        // given a position that was noted before the last commit, and one after it
        scene.heartbeat();
        scene.reportProgress();
        scene.commit();
        scene.reportProgress();
        scene.invalidate(ofKey("rome"));
        scene.reportProgress();
        // when
        scene.restartAt(1);
        scene.forgetOutput();
        scene.reportProgress();
        // then
        assertThat(scene.evictions()).containsExactly(new Eviction.Progress(at(1)));
    }

    @Test
    void shouldStandStillWhilePaused() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        // when
        scene.order(purge, Action.PAUSE);
        scene.settle();
        // then
        assertThat(scene.evictedAt(purge)).hasSize(100);
        assertThat(scene.outstandingFanOuts()).isOne();
        scene.order(purge, Action.RESUME);
        scene.settle();
        assertThat(scene.evictedAt(purge)).containsExactlyElementsOf(all);
    }

    @Test
    void shouldLetOthersPassAPausedOne() {
        // given
        registerAll();
        Stamp paused = scene.invalidate(tag("europe"));
        scene.order(paused, Action.PAUSE);
        // when
        Stamp other = scene.invalidate(pattern("city099*"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(other)).hasSize(10);
        assertThat(scene.evictedAt(paused)).hasSize(100);
    }

    @Test
    void shouldStayPausedAfterARestart() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.order(purge, Action.PAUSE);
        scene.commit();
        // when its record is not read again, and when it is
        scene.restartAt(purge.position());
        scene.settle();
        scene.restartAt(purge.position() - 1);
        scene.invalidate(tag("europe"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(purge)).hasSize(100);
        assertThat(scene.outstandingFanOuts()).isOne();
    }

    @Test
    void shouldLeaveTheRestOfACancelledOneToTheNext() {
        // given
        registerAll();
        Stamp cancelled = scene.invalidate(tag("europe"));
        scene.order(cancelled, Action.CANCEL);
        scene.settle();
        assertThat(scene.evictedAt(cancelled)).hasSize(100);
        assertThat(scene.indexedKeys()).isEqualTo(CITIES);
        // when
        Stamp next = scene.invalidate(tag("europe"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(next)).containsExactlyElementsOf(all);
        assertThat(scene.indexedKeys()).isZero();
    }

    @Test
    void shouldEvictAtOnceWhatIsRegisteredBelowACancelledOne() {
        // given
        Stamp cancelled = scene.invalidate(tag("europe"));
        scene.order(cancelled, Action.CANCEL);
        // when its scope is still remembered
        scene.register("rome", 0, "europe");
        // then
        assertThat(scene.evictedAt(cancelled)).containsExactly("rome");
    }

    @Test
    void shouldHeedAnOrderThatComesBeforeItsFanOut() {
        // given
        registerAll();
        // when
        scene.order(at(1), Action.CANCEL);
        scene.order(at(1), Action.PAUSE);
        Stamp purge = scene.invalidate(tag("europe"));
        scene.settle();
        // then
        assertThat(scene.evictedAt(purge)).isEmpty();
        assertThat(scene.progress()).containsExactly("cancelled 0");
    }

    @Test
    void shouldNotLetAPausedOneTakeOverTheWorkOfAnother() {
        // given one that waits behind a paused one
        registerAll();
        scene.order(at(2), Action.PAUSE);
        scene.order(at(1), Action.PAUSE);
        scene.invalidate(tag("europe"));
        // when
        scene.invalidate(tag("europe"));
        // then
        assertThat(scene.outstandingFanOuts()).isEqualTo(2);
    }

    @Test
    void shouldTellHowFarItIs() {
        // given
        registerAll();
        Stamp first = scene.invalidate(tag("europe"));
        scene.reportProgress();
        scene.reportProgress();
        Stamp second = scene.invalidate(tag("europe"));
        scene.reportProgress();
        // when
        scene.invalidate(everything());
        scene.order(first, Action.PAUSE);
        scene.reportProgress();
        scene.order(first, Action.RESUME);
        scene.settle();
        // then
        assertThat(second).isGreaterThan(first);
        assertThat(scene.progress())
                .containsExactly(
                        "running 100",
                        "running 200",
                        "running 0",
                        "superseded 0",
                        "paused 300",
                        "running 0",
                        "done 1000",
                        "done 0");
    }

    @Test
    void shouldCountOnAfterARestart() {
        // given
        registerAll();
        Stamp purge = scene.invalidate(tag("europe"));
        scene.commit();
        scene.work();
        scene.commit();
        scene.work();
        // when
        scene.restartAt(purge.position());
        scene.forgetOutput();
        scene.settle();
        // then
        assertThat(scene.progress()).containsExactly("done 1000");
    }

    @Test
    void shouldHandOutNoMoreKeysThanItsBudget() {
        // given
        var paced = new Scene(new Pace(1000, 30, 100, 500));
        all.forEach(city -> paced.register(city, 0, "europe"));
        // when
        Stamp purge = paced.invalidate(tag("europe"));
        paced.work();
        // then a tenth of a second's worth is there from the start
        assertThat(paced.evictedAt(purge)).hasSize(50);
        paced.pass(Duration.ofMillis(20));
        paced.work();
        assertThat(paced.evictedAt(purge)).hasSize(50);
        paced.pass(Duration.ofMillis(40));
        paced.work();
        assertThat(paced.evictedAt(purge)).hasSize(80);
        paced.pass(Duration.ofMinutes(1));
        paced.work();
        assertThat(paced.evictedAt(purge)).hasSize(130);
    }
}
