package io.freshet.api.warm;

import io.freshet.contracts.event.WarmJob;
import java.util.concurrent.CompletionStage;

/** Where jobs are handed to the workers. */
@FunctionalInterface
public interface WarmQueue {

    /** Hands over; done, with the job, when Kafka has it; failed when it does not take it. */
    CompletionStage<WarmJob> submit(WarmJob job);
}
