package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.position.InboxPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class InboxProgressTest {

    private final InboxProgress progress = new InboxProgress(2, 2);

    @Test
    void shouldBeReachedOnceEveryConcernedPartitionBroughtTheOffset() {
        // given
        var everywhere = progress.reached(at(1, 10), _ -> true);
        progress.seen(0, at(1, 10));
        assertThat(everywhere).isNotDone();

        // when
        progress.seen(1, at(1, 12));

        // then
        assertThat(everywhere).isCompleted();
    }

    @Test
    void shouldWaitForTheConcernedPartitionOnly() {
        // given
        var ofTheKey = progress.reached(at(1, 10), p -> p == 1);

        // when
        progress.seen(1, at(1, 10));

        // then
        assertThat(ofTheKey).isCompleted();
    }

    @Test
    void shouldNotTakeAnotherInboxPartitionForAnAnswer() {
        // given
        var waiting = progress.reached(at(1, 10), p -> p == 1);

        // when
        progress.seen(1, at(0, 99));

        // then
        assertThat(waiting).isNotDone();
    }

    @Test
    void shouldKnowWhatWasSeenBefore() {
        // given
        progress.seen(0, at(0, 5));
        progress.seen(0, at(0, 3));

        // when
        var reached = progress.reached(at(0, 5), p -> p == 0);

        // then
        assertThat(reached).isCompleted();
    }

    @Test
    void shouldRefuseMoreThanItMayHold() {
        // given
        var small = new InboxProgress(1, 1, 1);
        var first = small.reached(at(0, 1), _ -> true);

        // when
        var second = small.reached(at(0, 1), _ -> true);

        // then
        assertThat(first).isNotDone();
        assertThatThrownBy(second::join).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldGiveThePlaceOfOneThatGaveUpToAnother() {
        // given
        var small = new InboxProgress(1, 1, 1);
        small.reached(at(0, 1), _ -> true).cancel(false);

        // when
        var second = small.reached(at(0, 1), _ -> true);
        small.seen(0, at(0, 1));

        // then
        assertThat(second).isCompleted();
    }

    @Test
    void shouldRefuseAnInboxPartitionThatThereIsNot() {
        assertThat(progress.reached(at(7, 1), _ -> true)).isCompletedExceptionally();
    }

    @Test
    void shouldLoseNoWaiterWhenWaitersAndRecordsRace() throws Exception {
        // given
        long seed = System.nanoTime();
        var random = new Random(seed);
        var waiting = new ArrayList<CompletableFuture<Void>>();
        var tail =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int offset = 0; offset < 50_000; offset++) {
                                progress.seen(offset & 1, at(0, offset));
                            }
                        });

        // when
        for (int i = 0; i < 5_000; i++) {
            waiting.add(progress.reached(at(0, random.nextInt(49_998)), _ -> true));
        }
        tail.join();

        // then
        assertThat(waiting).as("seed %d", seed).allSatisfy(w -> assertThat(w).isCompleted());
    }

    @Test
    void shouldCompleteInOrderOfOffsets() {
        // given
        List<Long> done = new ArrayList<>();
        for (long offset : new long[] {30, 10, 20}) {
            var _ = progress.reached(at(0, offset), p -> p == 0).thenRun(() -> done.add(offset));
        }

        // when
        progress.seen(0, at(0, 20));

        // then
        assertThat(done).containsExactly(10L, 20L);
    }

    private static InboxPosition at(int partition, long offset) {
        return new InboxPosition(partition, offset);
    }
}
