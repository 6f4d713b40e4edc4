package io.freshet.api.warm;

import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import java.util.concurrent.CompletionStage;

/** Where jobs, and that they are given up, are handed to the workers. */
public interface WarmQueue {

    /** Hands over; done, with the job, when Kafka has it; failed when it does not take it. */
    CompletionStage<WarmJob> submit(WarmJob job);

    /** The same for giving a job up. */
    CompletionStage<WarmCancel> cancel(WarmCancel cancel);
}
