package io.freshet.cdc.visibility;

import static io.freshet.cdc.visibility.Step.Timing.AGAIN;
import static io.freshet.cdc.visibility.Step.Timing.EARLY;
import static io.freshet.cdc.visibility.Step.Timing.VISIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cdc.visibility.Step.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibilityBarrierTest {

    private static final Duration WAIT = Duration.ofSeconds(2);

    private final VisibilityBarrier<String, String, String> barrier =
            new VisibilityBarrier<>(WAIT, 3);
    private Duration now = Duration.ZERO;

    @Test
    void shouldPublishWhatIsVisible() {
        deliver(changes(100, "a"), end("after a"));

        assertThat(advance("101:101:")).containsExactly(published("a", VISIBLE, 0), at("after a"));
        assertThat(barrier.isHolding()).isFalse();
    }

    @Test
    void shouldHoldWhatIsNotVisibleAndAllBehindIt() {
        deliver(changes(100, "a"), end("after a"), changes(101, "b"), end("after b"), beat("h"));

        assertThat(advance("100:102:100")).isEmpty();
        assertThat(barrier.isHolding()).isTrue();

        passTime(5);
        assertThat(advance("102:102:"))
                .containsExactly(
                        published("a", VISIBLE, 5),
                        at("after a"),
                        published("b", VISIBLE, 5),
                        at("after b"),
                        forwarded("h"));
    }

    @Test
    void shouldHoldATransactionThatTheSnapshotIsTooOldToKnow() {
        deliver(changes(100, "a"));

        assertThat(advance("100:100:")).isEmpty();
    }

    @Test
    void shouldSayWhetherASnapshotSeesAllThatWasDelivered() {
        deliver(changes(100, "a"), end("after a"), changes(101, "b"));

        assertThat(barrier.isSeenBy(Snapshot.parse("102:102:"))).isTrue();
        assertThat(barrier.isSeenBy(Snapshot.parse("101:102:101"))).isFalse();
        assertThat(barrier.isSeenBy(Snapshot.parse("101:101:"))).as("too old").isFalse();
    }

    @Test
    void shouldAskForAnotherSnapshotWhileItOwes() {
        deliver(changes(100, "a"));
        passTime(2000);
        advance("100:101:100");

        assertThat(barrier.isSeenBy(Snapshot.parse("101:101:"))).isFalse();
    }

    @Test
    void shouldPublishInOrderUpToTheFirstThatIsNotVisible() {
        deliver(changes(100, "a"), end("after a"), changes(101, "b"), changes(102, "c"));

        assertThat(advance("101:103:101"))
                .containsExactly(published("a", VISIBLE, 0), at("after a"));
    }

    @Test
    void shouldForwardHeartbeatsWhenNothingIsBefore() {
        deliver(beat("h"), end("after h"));

        assertThat(advance("1:1:")).containsExactly(forwarded("h"), at("after h"));
    }

    @Test
    void shouldPublishEarlyWhenTheWaitIsOver() {
        deliver(changes(100, "a"), end("after a"));

        passTime(1999);
        assertThat(advance("100:101:100")).isEmpty();
        passTime(1);
        assertThat(advance("100:101:100")).containsExactly(published("a", EARLY, 2000));

        assertThat(barrier.isHolding()).isFalse();
        assertThat(barrier.isOwing()).isTrue();
    }

    @Test
    void shouldPublishAgainOnceVisibleAndOnlyThenMoveOn() {
        publishEarly(100, "a");
        deliver(end("after a"), beat("h"), end("after h"));
        assertThat(advance("100:102:100")).isEmpty();

        passTime(10);
        assertThat(advance("102:102:"))
                .containsExactly(published("a", AGAIN, 2010), forwarded("h"), at("after h"));
        assertThat(barrier.isOwing()).isFalse();
    }

    @Test
    void shouldPublishLaterVisibleOnesWhileOneIsOwedButNotMoveOn() {
        publishEarly(100, "a");
        deliver(changes(101, "b"), end("after b"));

        assertThat(advance("100:102:100")).containsExactly(published("b", VISIBLE, 0));
        assertThat(advance("102:102:")).containsExactly(published("a", AGAIN, 2000), at("after b"));
    }

    @Test
    void shouldPublishLaterInvisibleOnesEarlyAtOnceWhileOneIsOwed() {
        publishEarly(100, "a");
        deliver(changes(101, "b"));

        assertThat(advance("100:102:100,101")).containsExactly(published("b", EARLY, 0));
    }

    @Test
    void shouldPublishAgainInAnyOrderButMoveOnInOrder() {
        publishEarly(100, "a");
        deliver(end("after a"), beat("h1"), changes(101, "b"), end("after b"), beat("h2"));
        advance("100:102:100,101");

        assertThat(advance("100:102:100")).containsExactly(published("b", AGAIN, 0));
        assertThat(advance("102:102:"))
                .containsExactly(
                        published("a", AGAIN, 2000),
                        forwarded("h1"),
                        at("after a"),
                        forwarded("h2"),
                        at("after b"));
    }

    @Test
    void shouldMoveOnPastTheFirstOwedOneWhileALaterOneIsOwed() {
        publishEarly(100, "a");
        deliver(end("after a"), beat("h1"), changes(101, "b"), end("after b"), beat("h2"));
        advance("100:102:100,101");

        assertThat(advance("101:102:101"))
                .containsExactly(published("a", AGAIN, 2000), forwarded("h1"), at("after a"));
        assertThat(barrier.isOwing()).isTrue();
    }

    @Test
    void shouldHoldInsteadOfPublishingEarlyWhenTooMuchIsOwed() {
        publishEarly(100, "a");
        deliver(changes(101, "b"), changes(102, "c"), changes(103, "d"));

        assertThat(advance("100:104:100,101,102,103"))
                .containsExactly(published("b", EARLY, 0), published("c", EARLY, 0));
        assertThat(barrier.isHolding()).isTrue();

        passTime(60_000);
        assertThat(advance("100:104:100,101,102,103")).isEmpty();
        assertThat(advance("103:104:103"))
                .containsExactly(
                        published("a", AGAIN, 62_000),
                        published("b", AGAIN, 60_000),
                        published("c", AGAIN, 60_000),
                        published("d", EARLY, 60_000));
    }

    @Test
    void shouldOwePartsOfOneTransactionTogether() {
        publishEarly(100, "a1");
        deliver(changes(100, "a2"), end("after a"));
        assertThat(advance("100:101:100")).containsExactly(published("a2", EARLY, 0));

        assertThat(advance("101:101:"))
                .containsExactly(
                        published("a1", AGAIN, 2000), published("a2", AGAIN, 0), at("after a"));
    }

    private void publishEarly(int transaction, String work) {
        deliver(changes(transaction, work));
        passTime(2000);
        assertThat(advance(transaction + ":" + (transaction + 1) + ":" + transaction))
                .containsExactly(published(work, EARLY, 2000));
    }

    @SafeVarargs
    private void deliver(Delivery<String, String, String>... deliveries) {
        for (var delivery : deliveries) {
            barrier.deliver(delivery, now.toNanos());
        }
    }

    private List<Step<String, String, String>> advance(String snapshot) {
        return barrier.advance(Snapshot.parse(snapshot), now.toNanos());
    }

    private void passTime(long millis) {
        now = now.plusMillis(millis);
    }

    private static Delivery<String, String, String> changes(int transaction, String work) {
        return new Delivery.Changes<>(transaction, work);
    }

    private static Delivery<String, String, String> beat(String heartbeat) {
        return new Delivery.Beat<>(heartbeat);
    }

    private static Delivery<String, String, String> end(String position) {
        return new Delivery.End<>(position);
    }

    private static Step<String, String, String> published(String work, Timing timing, long millis) {
        return new Step.Publish<>(work, timing, Duration.ofMillis(millis));
    }

    private static Step<String, String, String> forwarded(String heartbeat) {
        return new Step.Forward<>(heartbeat);
    }

    private static Step<String, String, String> at(String position) {
        return new Step.Advance<>(position);
    }
}
