package io.freshet.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private final Signals signals = new Signals();

    @Test
    void shouldTellAllWhoWaitForAName() {
        // given
        CompletableFuture<Void> one = signals.await("a");
        CompletableFuture<Void> two = signals.await("a");
        CompletableFuture<Void> other = signals.await("b");
        // when
        signals.signal("a");
        // then
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(other).isNotDone();
    }

    @Test
    void shouldTellNobodyOfWhatWasBefore() {
        // given
        signals.signal("a");
        // when
        CompletableFuture<Void> late = signals.await("a");
        // then
        assertThat(late).isNotDone();
    }

    @Test
    void shouldTellEverybodyWhenAnythingMayHaveHappened() {
        // given
        CompletableFuture<Void> one = signals.await("a");
        CompletableFuture<Void> two = signals.await("b");
        // when
        signals.signalAll();
        // then
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
    }

    @Test
    void shouldForgetWhoeverGaveUp() {
        // given
        CompletableFuture<Void> impatient = signals.await("a");
        // when
        impatient.cancel(false);
        // then
        assertThat(signals.size()).isZero();
    }
}
