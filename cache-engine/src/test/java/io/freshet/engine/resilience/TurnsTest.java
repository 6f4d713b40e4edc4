package io.freshet.engine.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(1);

    private final List<CompletableFuture<String>> underWay = new ArrayList<>();

    private CompletableFuture<String> call(Turns turns, Duration patience) {
        return turns.call(patience, this::begin).toCompletableFuture();
    }

    private CompletionStage<String> begin() {
        var call = new CompletableFuture<String>();
        synchronized (underWay) {
            underWay.add(call);
        }
        return call;
    }

    private int begun() {
        synchronized (underWay) {
            return underWay.size();
        }
    }

    private void endFirst() {
        synchronized (underWay) {
            underWay.removeFirst().complete("done");
        }
    }

    @Test
    void shouldMakeSoManyAtOneTimeAndAllInTheEnd() {
        // given
        var turns = new Turns(2, 100);

        // when
        List<CompletableFuture<String>> calls =
                IntStream.range(0, 50).mapToObj(_ -> call(turns, PATIENT)).toList();

        // then
        assertThat(begun()).isEqualTo(2);
        for (int i = 0; i < 50; i++) {
            await().pollInterval(SOON).until(() -> begun() > 0);
            assertThat(turns.taken()).isLessThanOrEqualTo(2);
            endFirst();
        }
        assertThat(calls).allSatisfy(done -> assertThat(done.join()).isEqualTo("done"));
        await().until(() -> turns.taken() == 0);
    }

    @Test
    void shouldRefuseWhereTooManyWait() {
        // given
        var turns = new Turns(1, 1);
        var first = call(turns, PATIENT);
        var second = call(turns, PATIENT);

        // when
        var third = call(turns, PATIENT);

        // then
        assertThat(third.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void shouldRefuseWhoseTurnDoesNotComeInTime() {
        // given
        var turns = new Turns(1, 10);
        var _ = call(turns, PATIENT);

        // when
        var late = call(turns, Duration.ofMillis(20));

        // then
        await().until(late::isDone);
        assertThat(late.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void shouldGiveTheTurnBackWhenACallCannotBeMade() {
        // given
        var turns = new Turns(1, 10);

        // when
        var failed =
                turns.<String>call(
                                PATIENT,
                                () -> {
                                    throw new IllegalStateException("not connected");
                                })
                        .toCompletableFuture();

        // then
        assertThat(failed).isCompletedExceptionally();
        assertThat(turns.taken()).isZero();
    }
}
