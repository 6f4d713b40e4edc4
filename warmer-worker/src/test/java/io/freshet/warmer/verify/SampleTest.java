package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause.Kind;
import io.freshet.contracts.event.Event.Invalidation;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant SINCE = BEGUN.plusMillis(10);
    private static final Duration FIVE = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofMillis(2_500);
    private static final Content OLD = new Content.Value("old");
    private static final Content NEW = new Content.Value("new");
    private static final Namespace CITIES = new Namespace("cities");

    private final Sample sample =
            new Sample(
                    new Spot(CITIES, new EntryKey("1"), Set.of(new Tag("country:NL"))),
                    Origin.ROW,
                    BEGUN,
                    SINCE,
                    NEW);

    @Test
    void shouldBeConsistentWhenTheNodeSaysWhatTheSourceSays() {
        assertThat(judge(NEW, NEW)).isEqualTo(Finding.CONSISTENT);
    }

    @Test
    void shouldBeAViolationWhenTheSourceHasLongSaidSomethingElse() {
        assertThat(judge(OLD, NEW)).isEqualTo(Finding.VIOLATION);
    }

    @Test
    void shouldBeAViolationWhenADeletedRowIsAnswered() {
        var deleted = new Sample(sample.spot(), Origin.ROW, BEGUN, SINCE, new Content.Absent());

        assertThat(
                        deleted.judge(
                                SINCE.plus(FIVE),
                                new Answer.Held(OLD, true),
                                new Content.Absent(),
                                FIVE,
                                WINDOW))
                .isEqualTo(Finding.VIOLATION);
    }

    /** The classic trap: the answer was read before a commit, the source after it. */
    @Test
    void shouldNotHoldACommitOfThisMomentAgainstAnAnswerFromBefore() {
        assertThat(judge(NEW, OLD)).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void shouldNotDecideWhenTheSourceMayHaveChangedThereAndBack() {
        sample.inForce(changed(new Target.OfKey(CITIES, new EntryKey("1")), SINCE.plusSeconds(2)));

        assertThat(judge(OLD, NEW)).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void shouldNotDecideWhenATagOfItWasInvalidatedMeanwhile() {
        sample.inForce(
                changed(new Target.OfTag(CITIES, new Tag("country:NL")), SINCE.plusSeconds(2)));

        assertThat(judge(OLD, NEW)).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void shouldDecideWhenSomethingElseWasInvalidatedMeanwhile() {
        sample.inForce(changed(new Target.OfKey(CITIES, new EntryKey("2")), SINCE.plusSeconds(2)));
        sample.inForce(
                changed(new Target.OfTag(CITIES, new Tag("country:LU")), SINCE.plusSeconds(2)));

        assertThat(judge(OLD, NEW)).isEqualTo(Finding.VIOLATION);
    }

    /** An invalidation that is late does not excuse the answers that came before it. */
    @Test
    void shouldBeAViolationWhenTheInvalidationOfTheChangeComesLate() {
        sample.inForce(changed(new Target.OfNamespace(CITIES), BEGUN.minusSeconds(3)));

        assertThat(judge(OLD, NEW)).isEqualTo(Finding.VIOLATION);
    }

    @Test
    void shouldOnlyLagWithinTheWindow() {
        assertThat(
                        sample.judge(
                                SINCE.plusSeconds(1),
                                new Answer.Held(OLD, false),
                                NEW,
                                Duration.ofSeconds(1),
                                WINDOW))
                .isEqualTo(Finding.LAGGING);
    }

    @Test
    void shouldNotJudgeWhatIsNotAnsweredFromTheCacheOrSaysThatItIsOutdated() {
        assertThat(judge(new Answer.NotCached())).isEqualTo(Finding.ABSENT);
        assertThat(judge(new Answer.Marked())).isEqualTo(Finding.MARKED);
        assertThat(judge(new Answer.Failed())).isEqualTo(Finding.FAILED);
    }

    private Finding judge(Answer answer) {
        return sample.judge(SINCE.plus(FIVE), answer, NEW, FIVE, WINDOW);
    }

    private Finding judge(Content answered, Content after) {
        return sample.judge(
                SINCE.plus(FIVE), new Answer.Held(answered, false), after, FIVE, WINDOW);
    }

    private static Invalidation changed(Target target, Instant at) {
        return new Invalidation(
                null,
                target,
                Mode.HARD,
                null,
                io.freshet.contracts.event.Cause.of(Kind.CDC, "primary", "rule"),
                at);
    }
}
