package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** X6: what is found of a wrong answer, and the cause that it makes. */
class InquiryTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant CHECKED = BEGUN.plusSeconds(5);
    private static final Instant LONG_BEFORE = BEGUN.minusSeconds(60);
    private static final Stamp LOADED_AT = Stamp.of(1, 100);
    private static final Stamp LATER = Stamp.of(1, 120);
    private static final Spot SPOT = new Spot(new Namespace("cities"), new EntryKey("1"));
    private static final Sample SAMPLE =
            new Sample(SPOT, Origin.ROW, BEGUN, BEGUN, new Content.Value("new"));
    private static final Answer.Held OLD = new Answer.Held(new Content.Value("old"), false);

    private Answer again = OLD;
    private @Nullable Held held = held(LONG_BEFORE, Stamp.ZERO, Stamp.ZERO, false);
    private boolean passed = true;
    private boolean inInbox;
    private Here here = Here.NOTHING;

    @Test
    void shouldMissARule() throws InterruptedException {
        assertThat(cause()).isEqualTo(Cause.RULE_MISSING);
    }

    @Test
    void shouldMissAnEventThatTheInboxHas() throws InterruptedException {
        inInbox = true;

        assertThat(cause()).isEqualTo(Cause.EVENT_LOST);
    }

    @Test
    void shouldBeInFlightWhileThePipelineLags() throws InterruptedException {
        inInbox = true;
        passed = false;

        assertThat(cause()).isEqualTo(Cause.IN_FLIGHT);
    }

    @Test
    void shouldBeInFlightWhenAnotherNodeHasIt() throws InterruptedException {
        here = new Here(false, true, LATER);

        assertThat(cause()).isEqualTo(Cause.IN_FLIGHT);
    }

    @Test
    void shouldBeInFlightWhenTheNodeSaysSomethingElseNow() throws InterruptedException {
        again = new Answer.NotCached();

        assertThat(cause()).isEqualTo(Cause.IN_FLIGHT);
    }

    @Test
    void shouldBeAFillWhenTheAnswerOutlivedWhatKillsIt() throws InterruptedException {
        held = held(LONG_BEFORE, LATER, LATER, false);

        assertThat(cause()).isEqualTo(Cause.FILL);
    }

    @Test
    void shouldBeAnEvictionWhenRedisHasNotCarriedItOut() throws InterruptedException {
        held = held(LONG_BEFORE, LATER, LOADED_AT, false);

        assertThat(cause()).isEqualTo(Cause.EVICTION);
    }

    @Test
    void shouldNotBlameRedisForACopyInMemory() throws InterruptedException {
        held = held(LONG_BEFORE, LATER, LOADED_AT, true);

        assertThat(cause()).isEqualTo(Cause.FILL);
    }

    @Test
    void shouldBeAFillWhenItWasLoadedAfterTheSourceHadChanged() throws InterruptedException {
        held = held(BEGUN.plusSeconds(3), Stamp.ZERO, Stamp.ZERO, false);

        assertThat(cause()).isEqualTo(Cause.FILL);
    }

    @Test
    void shouldKnowWhatNobodyLoaded() throws InterruptedException {
        here = new Here(false, false, Stamp.ZERO);

        assertThat(cause()).isEqualTo(Cause.NOT_LOADED);
    }

    @Test
    void shouldAccuseNobodyWhereTheNodeDoesNotExplain() throws InterruptedException {
        held = null;

        assertThat(cause()).isEqualTo(Cause.IN_FLIGHT);
    }

    @Test
    void shouldBeBrokenOnlyWhenANodeAnswersWhatItKnowsToBeOutdated() {
        held = held(LONG_BEFORE, LATER, LATER, false);
        assertThat(inquiry().isBroken(SPOT, OneNode.PLACE, OLD)).isTrue();

        again = new Answer.NotCached();
        assertThat(inquiry().isBroken(SPOT, OneNode.PLACE, OLD)).isFalse();

        again = OLD;
        held = held(LONG_BEFORE, LOADED_AT, LATER, false);
        assertThat(inquiry().isBroken(SPOT, OneNode.PLACE, OLD)).isFalse();
    }

    private Cause cause() throws InterruptedException {
        return inquiry().causeOf(SAMPLE, OneNode.PLACE, OLD, CHECKED);
    }

    private Inquiry inquiry() {
        return new Inquiry(new OneNode(again, held), new OneTrail(passed, inInbox, here));
    }

    private static Held held(Instant created, Stamp killer, Stamp applied, boolean nearby) {
        return new Held(created, LOADED_AT, killer, applied, nearby, false);
    }
}
