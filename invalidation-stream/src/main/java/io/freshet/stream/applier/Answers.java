package io.freshet.stream.applier;

import io.freshet.engine.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the store, of which a number is under way at any time: enough to keep it busy, and
 * few enough that others who ask it something meanwhile wait for a millisecond or two. Waits for
 * the answers; the store's own timeouts are shorter than the one here. For one thread.
 *
 * @param <Q> question
 * @param <A> answer
 */
final class Answers<Q, A> {

    /** Work that is under way at a time, in evictions of an entry. */
    static final int AT_ONCE = 256;

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private record Asked<Q, A>(Q question, CompletionStage<A> answer, int work) {}

    private final Deque<Asked<Q, A>> underWay = new ArrayDeque<>();
    private final BiConsumer<Q, A> take;
    private int work;
    private @Nullable StoreUnavailableException missing;

    private Answers(BiConsumer<Q, A> take) {
        this.take = take;
    }

    /**
     * Asks everything, and hands each answer over, in order.
     *
     * @param work of a question, in evictions of an entry
     * @throws StoreUnavailableException when an answer is missing; those that came were handed
     *     over, and what had not been asked then has not been
     */
    static <Q, A> void eachOf(
            Collection<Q> questions,
            Function<Q, CompletionStage<A>> ask,
            ToIntFunction<Q> work,
            BiConsumer<Q, A> take) {
        var answers = new Answers<Q, A>(take);
        for (Q question : questions) {
            if (answers.work >= AT_ONCE) {
                answers.await(AT_ONCE / 2);
            }
            if (answers.missing != null) {
                break;
            }
            answers.asked(question, ask.apply(question), work.applyAsInt(question));
        }
        answers.await(0);
        if (answers.missing != null) {
            throw answers.missing;
        }
    }

    private void asked(Q question, CompletionStage<A> answer, int ofWork) {
        underWay.add(new Asked<>(question, answer, ofWork));
        work += ofWork;
    }

    /** Until no more than so much work is under way. */
    private void await(int most) {
        while (work > most) {
            Asked<Q, A> oldest = underWay.remove();
            work -= oldest.work();
            try {
                take.accept(oldest.question(), await(oldest.answer()));
            } catch (StoreUnavailableException e) {
                missing = e;
            }
        }
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the store failed in a way of its own", e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the store did not answer at all", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the store", e);
        }
    }
}
