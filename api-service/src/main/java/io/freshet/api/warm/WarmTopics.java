package io.freshet.api.warm;

import io.freshet.api.topic.TopicSender;
import io.freshet.contracts.event.WarmCancel;
import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.topic.TopicSpec;
import io.freshet.contracts.topic.Topics;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The way of jobs to the workers, {@code freshet.warm-jobs}. A job is told as queued, on {@code
 * freshet.warm-progress}, before a worker can take it, so that every node knows its id.
 * Thread-safe; nothing blocks its caller.
 */
public final class WarmTopics implements WarmQueue, AutoCloseable {

    private final TopicSpec<WarmJob> jobs;
    private final TopicSpec<WarmProgress> progress;
    private final TopicSpec<WarmCancel> cancels;
    private final TopicSender sender;

    public WarmTopics(String bootstrapServers, Topics topics) {
        jobs = topics.warmJobs();
        progress = topics.warmProgress();
        cancels = topics.warmCancels();
        sender = new TopicSender(bootstrapServers, "freshet-warm-jobs");
    }

    @Override
    public CompletionStage<WarmJob> submit(WarmJob job) {
        return sender.inBackground(() -> {
            sender.send(progress, job.id(), told(job, WarmProgress.State.QUEUED));
            try {
                sender.send(jobs, job.id(), job);
            } catch (CompletionException e) {
                sender.send(progress, job.id(), told(job, WarmProgress.State.FAILED));
                throw e;
            }
            return job;
        });
    }

    @Override
    public CompletionStage<WarmCancel> cancel(WarmCancel cancel) {
        return sender.inBackground(() -> {
            sender.send(cancels, cancel.id(), cancel);
            return cancel;
        });
    }

    private static WarmProgress told(WarmJob job, WarmProgress.State state) {
        long total =
                switch (job.selection()) {
                    case WarmJob.Selection.Keys(var keys) -> keys.size();
                    case WarmJob.Selection.Top(int count) -> count;
                    case WarmJob.Selection.Query _, WarmJob.Selection.Wanted _ -> 0;
                };
        return WarmProgress.of(job, state, WarmProgress.Tally.of(total), job.at());
    }

    @Override
    public void close() {
        sender.close();
    }
}
