package io.freshet.stream.applier;

import io.freshet.engine.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Waits for answers of the store; its own timeouts are shorter than the one here. */
final class Answers {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Answers() {}

    /**
     * Asks about everything, a number of questions at once, and hands each answer over.
     *
     * @throws StoreUnavailableException when an answer is missing; those that came were handed over
     */
    static <Q, A> void eachOf(
            Collection<Q> questions,
            Function<Q, CompletionStage<A>> ask,
            int atOnce,
            BiConsumer<Q, A> take) {
        List<Q> left = List.copyOf(questions);
        for (int from = 0; from < left.size(); from += atOnce) {
            List<Q> asked = left.subList(from, Math.min(left.size(), from + atOnce));
            List<CompletionStage<A>> answers = asked.stream().map(ask).toList();
            StoreUnavailableException missing = null;
            for (int i = 0; i < asked.size(); i++) {
                try {
                    take.accept(asked.get(i), await(answers.get(i)));
                } catch (StoreUnavailableException e) {
                    missing = e;
                }
            }
            if (missing != null) {
                throw missing;
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
