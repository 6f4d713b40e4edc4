package io.freshet.engine.read;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets time pass. */
@FunctionalInterface
public interface Timer {

    /** Done when the time is over. */
    CompletionStage<Void> after(Duration delay);

    /**
     * Waits for a stage, but not longer than {@code limit}.
     *
     * @return whether the stage was done in time; a failed stage is not
     */
    default CompletionStage<Boolean> within(Duration limit, CompletionStage<Void> stage) {
        var answer = new CompletableFuture<Boolean>();
        stage.whenComplete((_, failure) -> answer.complete(failure == null));
        if (!answer.isDone()) {
            after(limit).thenRun(() -> answer.complete(false));
        }
        return answer;
    }
}
