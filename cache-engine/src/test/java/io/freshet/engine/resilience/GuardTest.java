package io.freshet.engine.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.engine.resilience.RefusedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration OPEN_FOR = Duration.ofMillis(200);

    private final List<CompletableFuture<String>> calls = new ArrayList<>();

    private static Guard guard(int concurrency, int queue, int minimumCalls) {
        return new Guard(
                "the server",
                new GuardOptions(
                        new CircuitOptions(
                                50,
                                50,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                minimumCalls,
                                OPEN_FOR,
                                2),
                        concurrency,
                        queue),
                failure -> !(failure instanceof IllegalArgumentException));
    }

    private CompletionStage<String> ask(Guard guard) {
        return ask(guard, PATIENT);
    }

    private CompletionStage<String> ask(Guard guard, Duration patience) {
        return guard.call(
                patience,
                () -> {
                    var call = new CompletableFuture<String>();
                    synchronized (calls) {
                        calls.add(call);
                    }
                    return call;
                });
    }

    private static CompletionStage<String> fail(Guard guard, RuntimeException failure) {
        return guard.call(PATIENT, () -> CompletableFuture.failedStage(failure));
    }

    private static Reason refusal(CompletionStage<String> call) {
        var failure = call.toCompletableFuture().exceptionNow();
        return ((RefusedException) (failure.getCause() == null ? failure : failure.getCause()))
                .reason();
    }

    private int made() {
        synchronized (calls) {
            return calls.size();
        }
    }

    @Test
    void shouldMakeSoManyCallsAtOneTimeAndLetTheOthersWaitInOrder() {
        // given
        Guard guard = guard(2, 10, 100);
        List<CompletionStage<String>> answers =
                IntStream.range(0, 4).mapToObj(_ -> ask(guard)).toList();
        assertThat(made()).isEqualTo(2);
        assertThat(guard.waiting()).isEqualTo(2);

        // when
        calls.getFirst().complete("first");

        // then
        await().until(() -> made() == 3);
        assertThat(guard.underWay()).isEqualTo(2);
        calls.get(2).complete("third");
        await().until(() -> answers.get(2).toCompletableFuture().isDone());
        assertThat(answers.get(2)).isCompletedWithValue("third");
        assertThat(answers.get(3)).isNotDone();
    }

    @Test
    void shouldRefuseWhomTheQueueHasNoRoomFor() {
        // given
        Guard guard = guard(1, 1, 100);
        ask(guard);
        ask(guard);

        // when
        var third = ask(guard);

        // then
        assertThat(refusal(third)).isEqualTo(Reason.CROWDED);
        assertThat(guard.refused(Reason.CROWDED)).isOne();
        assertThat(made()).isOne();
    }

    @Test
    void shouldRefuseWhoWaitedTooLongAndNeverAskForHim() {
        // given
        Guard guard = guard(1, 5, 100);
        ask(guard);

        // when
        var second = ask(guard, Duration.ofMillis(30));

        // then
        await().until(() -> second.toCompletableFuture().isDone());
        assertThat(refusal(second)).isEqualTo(Reason.LATE);
        calls.getFirst().complete("late");
        await().until(() -> guard.underWay() == 0);
        assertThat(made()).isOne();
        assertThat(guard.waiting()).isZero();
    }

    @Test
    void shouldLeaveAServerAloneThatFails() {
        // given
        Guard guard = guard(5, 5, 4);
        IntStream.range(0, 4).forEach(_ -> fail(guard, new IllegalStateException("broken")));

        // when
        var answer = ask(guard);

        // then
        assertThat(guard.state()).isEqualTo(CircuitState.OPEN);
        assertThat(refusal(answer)).isEqualTo(Reason.OPEN);
        assertThat(made()).isZero();
        assertThat(guard.underWay()).isZero();
    }

    @Test
    void shouldAskAgainAfterAWhileWithAFewProbes() {
        // given
        Guard guard = guard(5, 5, 4);
        IntStream.range(0, 4).forEach(_ -> fail(guard, new IllegalStateException("broken")));
        await().until(() -> {
            ask(guard);
            return made() > 0;
        });
        ask(guard);
        assertThat(guard.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(refusal(ask(guard))).isEqualTo(Reason.OPEN);

        // when
        calls.forEach(probe -> probe.complete("back"));

        // then
        assertThat(guard.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void shouldTakeARefusedQuestionForAnAnswer() {
        // given
        Guard guard = guard(5, 5, 4);

        // when
        IntStream.range(0, 20).forEach(_ -> fail(guard, new IllegalArgumentException("no key")));

        // then
        assertThat(guard.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void shouldRefuseAllWhoWaitWhenTheCircuitOpens() {
        // given
        Guard guard = guard(1, 5_000, 1);
        ask(guard);
        List<CompletionStage<String>> waiting =
                IntStream.range(0, 5_000).mapToObj(_ -> ask(guard)).toList();

        // when
        calls.getFirst().completeExceptionally(new IllegalStateException("broken"));

        // then
        await().until(() -> waiting.stream().allMatch(each -> each.toCompletableFuture().isDone()));
        assertThat(made()).isOne();
        assertThat(guard.underWay()).isZero();
    }

    @Test
    void shouldGiveTheTurnBackWhenTheCallIsNotEvenBegun() {
        // given
        Guard guard = guard(1, 0, 100);

        // when
        guard.call(
                PATIENT,
                () -> {
                    throw new IllegalStateException("defect");
                });

        // then
        assertThat(guard.underWay()).isZero();
    }
}
