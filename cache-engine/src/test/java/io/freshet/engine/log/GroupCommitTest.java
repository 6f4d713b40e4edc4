package io.freshet.engine.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int MAX_WEIGHT = 10;

    private record Sent(int partition, List<String> items, CompletableFuture<Void> ack) {}

    private final List<Sent> sent = new ArrayList<>();
    private final GroupCommit<String> commits = commits(Duration.ofMinutes(1));

    private GroupCommit<String> commits(Duration timeout) {
        return new GroupCommit<>(2, this::send, String::length, MAX_WEIGHT, timeout);
    }

    private CompletionStage<?> send(int partition, List<String> items) {
        var ack = new CompletableFuture<Void>();
        sent.add(new Sent(partition, List.copyOf(items), ack));
        return ack;
    }

    @Test
    void shouldSendAtOnceWhereNothingIsUnderWay() {
        // when
        commits.add(0, "a");
        commits.add(1, "b");

        // then
        assertThat(sent).extracting(Sent::items).containsExactly(List.of("a"), List.of("b"));
        assertThat(sent).extracting(Sent::partition).containsExactly(0, 1);
    }

    @Test
    void shouldSendTogetherWhatComesWhileAnotherIsUnderWay() {
        // given
        commits.add(0, "a");
        var second = commits.add(0, "b").toCompletableFuture();
        var third = commits.add(0, "c").toCompletableFuture();

        // when
        sent.getFirst().ack().complete(null);

        // then
        assertThat(sent).extracting(Sent::items).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(second).isNotDone();
        sent.getLast().ack().complete(null);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
    }

    @Test
    void shouldSendNoMoreTogetherThanIsAllowed() {
        // given
        commits.add(0, "a");
        commits.add(0, "123456");
        commits.add(0, "7890");
        commits.add(0, "b");
        commits.add(0, "longer than allowed");

        // when
        for (int i = 0; i < 4; i++) {
            sent.get(i).ack().complete(null);
        }

        // then
        assertThat(sent)
                .extracting(Sent::items)
                .containsExactly(
                        List.of("a"),
                        List.of("123456", "7890"),
                        List.of("b"),
                        List.of("longer than allowed"));
    }

    @Test
    void shouldGoOnAfterAFailure() {
        // given
        var first = commits.add(0, "a").toCompletableFuture();
        var second = commits.add(0, "b").toCompletableFuture();

        // when
        sent.getFirst().ack().completeExceptionally(new IllegalStateException("not taken"));

        // then
        assertThat(first).isCompletedExceptionally();
        sent.getLast().ack().complete(null);
        assertThat(second).isCompleted();
    }

    @Test
    void shouldFailWhatCannotBeSentAndGoOn() {
        // given
        var failing =
                new GroupCommit<String>(
                        1,
                        (_, _) -> {
                            throw new IllegalStateException("cannot be encoded");
                        },
                        String::length,
                        MAX_WEIGHT,
                        Duration.ofMinutes(1));

        // when
        var first = failing.add(0, "a").toCompletableFuture();
        var second = failing.add(0, "b").toCompletableFuture();

        // then
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void shouldFailWhatWaitsTooLongAndNotSendItAnyMore() {
        // given
        var impatient = commits(Duration.ofMillis(100));
        impatient.add(0, "a");
        var waiting = impatient.add(0, "b").toCompletableFuture();
        assertThatThrownBy(() -> waiting.get(20, SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);

        // when
        sent.getFirst().ack().complete(null);

        // then
        assertThat(sent).hasSize(1);
        impatient.add(0, "c");
        assertThat(sent.getLast().items()).containsExactly("c");
    }
}
