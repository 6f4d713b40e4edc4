package io.freshet.api.warm;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * How far the latest warm jobs are, by id. When it is full the job that was heard of longest ago is
 * forgotten. Thread-safe.
 */
public final class JobBoard {

    private final int capacity;
    private final Map<String, JobStatus> jobs = new LinkedHashMap<>();
    private final Set<Consumer<WarmProgress>> watchers = new CopyOnWriteArraySet<>();

    public JobBoard(int capacity) {
        this.capacity = capacity;
    }

    /** Takes what is new of a job, or of a part of one. */
    public void update(WarmProgress progress) {
        WarmProgress whole;
        synchronized (this) {
            JobStatus before = jobs.remove(progress.id());
            JobStatus now = before == null ? JobStatus.of(progress) : before.and(progress);
            jobs.put(progress.id(), now);
            if (jobs.size() > capacity) {
                jobs.remove(jobs.keySet().iterator().next());
            }
            whole = now.whole();
        }
        watchers.forEach(watcher -> watcher.accept(whole));
    }

    /** Takes a job that was just handed over, unless its workers were heard of already. */
    public synchronized void begin(WarmJob job) {
        if (!jobs.containsKey(job.id())) {
            jobs.put(
                    job.id(),
                    JobStatus.of(WarmProgress.of(job, State.QUEUED, Tally.NONE, job.at())));
        }
    }

    /** Those that were heard of last, the latest first. */
    synchronized List<WarmProgress> latest(int count) {
        return jobs.values().stream()
                .skip(Math.max(0, jobs.size() - count))
                .map(JobStatus::whole)
                .toList()
                .reversed();
    }

    public synchronized Optional<WarmProgress> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(JobStatus::whole);
    }

    /**
     * Calls with every change of a job from now on, on the thread that tells of it: do not block.
     */
    void watch(Consumer<WarmProgress> watcher) {
        watchers.add(watcher);
    }

    void unwatch(Consumer<WarmProgress> watcher) {
        watchers.remove(watcher);
    }
}
