package io.freshet.api.warm;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the latest warm jobs are, by id. When it is full the job that was heard of longest ago is
 * forgotten. Thread-safe.
 */
public final class JobBoard {

    private final int capacity;
    private final Map<String, WarmProgress> jobs = new LinkedHashMap<>();

    public JobBoard(int capacity) {
        this.capacity = capacity;
    }

    /** Takes what is new of a job. */
    public synchronized void update(WarmProgress progress) {
        jobs.remove(progress.id());
        jobs.put(progress.id(), progress);
        if (jobs.size() > capacity) {
            jobs.remove(jobs.keySet().iterator().next());
        }
    }

    /** Takes a job that was just handed over, unless its workers were heard of already. */
    public synchronized void begin(WarmJob job) {
        if (!jobs.containsKey(job.id())) {
            update(
                    new WarmProgress(
                            job.id(),
                            job.namespace(),
                            WarmProgress.State.QUEUED,
                            0,
                            0,
                            0,
                            0,
                            0,
                            job.at()));
        }
    }

    /** Those that were heard of last, the latest first. */
    synchronized List<WarmProgress> latest(int count) {
        return jobs.values().stream().skip(Math.max(0, jobs.size() - count)).toList().reversed();
    }

    public synchronized Optional<WarmProgress> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
