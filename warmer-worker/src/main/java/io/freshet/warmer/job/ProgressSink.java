package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmProgress;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the progress of jobs is told. Thread-safe; what is told of one job keeps its order. */
@FunctionalInterface
public interface ProgressSink {

    /**
     * Tells, and logs it if that fails.
     *
     * @return done when it cannot be lost any more, or was lost
     */
    CompletionStage<@Nullable Void> publish(WarmProgress progress);
}
