package io.freshet.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server is asked: one step until it is there, another until the answer is heard.
 *
 * @param silence what the caller hears when the server, which may have done it, stays silent; null
 *     when it always answers
 * @param slow whether it takes its time
 */
record Call<T>(
        Supplier<String> label,
        Supplier<T> atServer,
        @Nullable Supplier<RuntimeException> silence,
        boolean slow) {

    CompletionStage<T> over(Schedule schedule) {
        var answer = new CompletableFuture<T>();
        schedule.send(slow, label, () -> arrive(schedule, answer));
        return answer;
    }

    private void arrive(Schedule schedule, CompletableFuture<T> answer) {
        if (silence != null && schedule.isFlaky()) {
            if (schedule.chance(50)) {
                T _ = atServer.get();
            }
            schedule.send(
                    slow,
                    () -> label.get() + " without an answer",
                    () -> answer.completeExceptionally(silence.get()));
        } else {
            T result = atServer.get();
            schedule.send(slow, () -> label.get() + " answered", () -> answer.complete(result));
        }
    }
}
