package io.freshet.stream.expansion;

import static io.freshet.stream.expansion.Scene.CITIES;
import static io.freshet.stream.expansion.Scene.at;
import static io.freshet.stream.expansion.Scene.everything;
import static io.freshet.stream.expansion.Scene.key;
import static io.freshet.stream.expansion.Scene.ofKey;
import static io.freshet.stream.expansion.Scene.pattern;
import static io.freshet.stream.expansion.Scene.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Eviction;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.position.Stamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules; names in brackets are the guards of the model that they stand for. */
class ExpansionTest {

    private final Scene scene = new Scene();

    @Test
    void shouldEvictAKeyWhetherItIsIndexedOrNot() {
        // given a key that nobody registered
        // when
        scene.invalidate(ofKey("rome"));
        // then
        assertThat(scene.evictions())
                .containsExactly(
                        new Eviction.Keys(CITIES, List.of(key("rome")), Mode.HARD, at(1), at(1)));
    }

    @Test
    void shouldKeepTheModeOfAKeyInvalidation() {
        // when
        scene.invalidateSoftly(ofKey("rome"));
        // then
        assertThat(scene.evictions())
                .containsExactly(
                        new Eviction.Keys(CITIES, List.of(key("rome")), Mode.SOFT, at(1), at(1)));
    }

    @Test
    void shouldEvictNothingForAReplacedEntry() {
        // when
        scene.replaced("rome");
        // then
        assertThat(scene.evictions()).isEmpty();
    }

    @Test
    void shouldEvictTheKeysOfATag() {
        // given
        scene.register("oslo", 0, "norway");
        scene.register("rome", 0, "italy");
        scene.register("turin", 0, "italy");
        // when
        Stamp purge = scene.invalidate(tag("italy"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome", "turin");
    }

    @Test
    void shouldNotTakeATagForAnotherThatBeginsAlike() {
        // given
        scene.register("rome", 0, "it");
        scene.register("turin", 0, "italy");
        // when
        Stamp purge = scene.invalidate(tag("it"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome");
    }

    @Test
    void shouldEvictTheKeysThatAPatternMatches() {
        // given
        scene.register("it:rome", 0);
        scene.register("it:rimini", 0);
        scene.register("it:turin", 0);
        scene.register("no:rome", 0);
        // when
        Stamp purge = scene.invalidate(pattern("it:r*"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("it:rimini", "it:rome");
    }

    @Test
    void shouldEvictTheKeysThatAPatternWithoutPrefixMatches() {
        // given
        scene.register("it:rome", 0);
        scene.register("no:oslo", 0);
        scene.register("us:rome", 0);
        // when
        Stamp purge = scene.invalidate(pattern("*:rome"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("it:rome", "us:rome");
    }

    @Test
    void shouldEvictEveryKeyOfANamespace() {
        // given
        scene.register("oslo", 0, "norway");
        scene.register("rome", 0);
        // when
        Stamp purge = scene.invalidate(everything());
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("oslo", "rome");
    }

    /** [idxAlways] */
    @Test
    void shouldEvictAKeyThatWasRegisteredAfterThePurge() {
        // given an older fill of the same key may still be in Redis
        scene.register("rome", 0, "italy");
        scene.register("rome", 7, "italy");
        // when
        Stamp purge = scene.invalidate(tag("italy"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome");
    }

    /** [idxKeepNewer] */
    @Test
    void shouldKeepAKeyThatWasRegisteredAfterThePurge() {
        // given
        scene.register("rome", 7, "italy");
        scene.register("turin", 0, "italy");
        // when
        scene.invalidate(tag("italy"));
        scene.settle();
        // then
        assertThat(scene.indexedKeys()).isOne();
        assertThat(scene.taggedKeys()).isOne();
        assertThat(scene.evictedAt(scene.invalidate(tag("italy")))).containsExactly("rome");
    }

    /** [xscope] */
    @Test
    void shouldEvictAtOnceWhatIsRegisteredBelowARememberedScope() {
        // given
        Stamp purge = scene.invalidate(tag("italy"));
        // when
        scene.register("rome", 0, "italy", "capital");
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome");
        assertThat(scene.indexedKeys()).isZero();
    }

    @Test
    void shouldEvictAtOnceWhatIsRegisteredBelowARememberedPattern() {
        // given
        scene.invalidate(pattern("o*"));
        Stamp purge = scene.invalidate(pattern("r*"));
        scene.invalidate(pattern("t*"));
        // when
        scene.register("rome", 1);
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome");
    }

    @Test
    void shouldEvictAtOnceByTheLastOfSeveralScopes() {
        // given
        scene.invalidate(everything());
        scene.invalidate(tag("italy"));
        Stamp last = scene.invalidate(pattern("r*"));
        // when
        scene.register("rome", 0, "italy");
        // then
        assertThat(scene.evictedAt(last)).containsExactly("rome");
    }

    @Test
    void shouldIndexWhatIsRegisteredAtThePositionOfAScope() {
        // given
        Stamp purge = scene.invalidate(tag("italy"));
        // when at equality the fill wins
        scene.register("rome", purge.position(), "italy");
        // then
        assertThat(scene.evictions()).isEmpty();
        assertThat(scene.indexedKeys()).isOne();
    }

    @Test
    void shouldIndexWhatASoftScopeMarks() {
        // given
        Stamp soft = scene.invalidateSoftly(tag("italy"));
        // when Redis keeps the entry, marked
        scene.register("rome", 0, "italy");
        // then
        assertThat(scene.evictedAt(soft)).containsExactly("rome");
        assertThat(scene.evictedAt(scene.invalidate(tag("italy")))).containsExactly("rome");
    }

    @Test
    void shouldNotLetALaterSoftScopeHideAnEarlierHardOne() {
        // given
        Stamp hard = scene.invalidate(tag("italy"));
        scene.invalidateSoftly(tag("italy"));
        // when
        scene.register("rome", 0, "italy");
        // then
        assertThat(scene.evictions())
                .containsExactly(
                        new Eviction.Keys(CITIES, List.of(key("rome")), Mode.HARD, hard, at(2)));
    }

    @Test
    void shouldNotForgetWhatASoftPurgeMarked() {
        // given
        scene.register("rome", 0, "italy");
        scene.invalidateSoftly(tag("italy"));
        scene.settle();
        // when
        Stamp hard = scene.invalidate(tag("italy"));
        // then
        assertThat(scene.evictedAt(hard)).containsExactly("rome");
    }

    @Test
    void shouldRememberHardAndSoftPositionsApart() {
        // when
        scene.invalidate(tag("italy"));
        scene.invalidateSoftly(tag("italy"));
        // then
        assertThat(scene.scopes())
                .containsExactly(
                        new ScopeRecord.Position(tag("italy"), at(1), Stamp.ZERO),
                        new ScopeRecord.Position(tag("italy"), at(1), at(2)));
    }

    @Test
    void shouldWriteAScopeBeforeTheProgressThatCoversIt() {
        // given
        scene.invalidate(tag("italy"));
        // when
        scene.reportProgress();
        // then
        assertThat(scene.scopes())
                .containsExactly(
                        new ScopeRecord.Position(tag("italy"), at(1), Stamp.ZERO),
                        new ScopeRecord.Progress(at(1)));
    }

    @Test
    void shouldReportProgressOnlyWhenThereIsAny() {
        // given
        scene.heartbeat();
        scene.reportProgress();
        scene.forgetOutput();
        // when
        scene.reportProgress();
        // then
        assertThat(scene.evictions()).isEmpty();
        assertThat(scene.scopes()).isEmpty();
    }

    @Test
    void shouldReportProgressThroughAHeartbeat() {
        // given
        scene.heartbeat();
        // when
        scene.reportProgress();
        // then
        assertThat(scene.evictions()).containsExactly(new Eviction.Progress(at(1)));
    }

    @Test
    void shouldEvictByATagOfAnEarlierRegistration() {
        // given the entry with the old tag may still be in Redis
        scene.register("rome", 0, "italy");
        scene.register("rome", 1, "europe");
        // when
        Stamp purge = scene.invalidate(tag("italy"));
        // then
        assertThat(scene.evictedAt(purge)).containsExactly("rome");
    }

    @Test
    void shouldLetGoOfATagThatOnlyAnExpiredRegistrationCarried() {
        // given
        scene.register("rome", 0, Duration.ofMinutes(1), "italy");
        scene.pass(Duration.ofMinutes(5));
        // when
        scene.register("rome", 1, "europe");
        // then
        assertThat(scene.evictedAt(scene.invalidate(tag("italy")))).isEmpty();
        assertThat(scene.evictedAt(scene.invalidate(tag("europe")))).containsExactly("rome");
    }

    @Test
    void shouldForgetKeysAfterTheirHardExpiry() {
        // given
        scene.register("rome", 0, Duration.ofMinutes(1), "italy");
        scene.register("turin", 0, Duration.ofMinutes(30), "italy");
        scene.pass(Duration.ofMinutes(5));
        // when
        scene.sweep();
        // then
        assertThat(scene.indexedKeys()).isOne();
        assertThat(scene.taggedKeys()).isOne();
        assertThat(scene.evictedAt(scene.invalidate(everything()))).containsExactly("turin");
    }

    @Test
    void shouldKeepAKeyUntilTheLatestHardExpiry() {
        // given
        scene.register("rome", 0, Duration.ofMinutes(30));
        scene.register("rome", 0, Duration.ofMinutes(1));
        scene.pass(Duration.ofMinutes(5));
        // when
        scene.sweep();
        // then
        assertThat(scene.indexedKeys()).isOne();
    }

    @Test
    void shouldSweepInSteps() {
        // given
        var paced = new Scene(new Pace(1000, 500, 2, Pace.UNBOUNDED));
        for (int i = 0; i < 5; i++) {
            paced.register("city" + i, 0, Duration.ofMinutes(1));
        }
        paced.pass(Duration.ofMinutes(5));
        // when
        paced.sweep();
        // then
        assertThat(paced.indexedKeys()).isEqualTo(3);
        paced.sweep();
        paced.sweep();
        assertThat(paced.indexedKeys()).isZero();
    }
}
