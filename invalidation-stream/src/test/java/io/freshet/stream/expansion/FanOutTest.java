package io.freshet.stream.expansion;

import static io.freshet.stream.expansion.Scene.at;
import static io.freshet.stream.expansion.Scene.everything;
import static io.freshet.stream.expansion.Scene.ofKey;
import static io.freshet.stream.expansion.Scene.pattern;
import static io.freshet.stream.expansion.Scene.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.position.Stamp;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large purges: paced, never in the way, never lost. */
class FanOutTest {

    private static final int CITIES = 1000;

    private final Scene scene = new Scene(new Pace(100, 30, 100));

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
}
