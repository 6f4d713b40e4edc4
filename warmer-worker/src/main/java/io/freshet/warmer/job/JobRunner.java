package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.warmer.metrics.WarmerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out warm jobs. Any number of threads may run jobs at once; they share one pacer.
 *
 * <p>Phases of a job: the namespace is looked up, keys are selected; many are divided into parts,
 * which all workers take from the queue like jobs; few are warmed through the cache. Progress is
 * told at the start, in an interval, and at the end.
 *
 * <p>Failure modes: an unknown namespace or query, or one without a source, makes the job FAILED; a
 * key that cannot be loaded is counted, the job goes on and ends as INCOMPLETE; a defect breaks the
 * job off as FAILED, so that it is not tried for ever; a job that is interrupted ends without a
 * word, so that whoever runs it next tells its progress. One that is divided again, because its
 * worker died over it, has parts of the same numbers.
 */
public final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    /** A namespace created just before the job may not have reached this node yet. */
    private static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration NAMESPACE_RETRY = Duration.ofMillis(100);
    private static final int REMEMBERED_JOBS = 10_000;

    private final Namespaces namespaces;
    private final KeySelection selection;
    private final Loads loads;
    private final JobQueue queue;
    private final Cancelled cancelled;
    private final ProgressReports reports;
    private final WarmerMetrics metrics;
    private final RecentIds finished = new RecentIds(REMEMBERED_JOBS);

    public JobRunner(
            Namespaces namespaces,
            KeySelection selection,
            Loads loads,
            JobQueue queue,
            Cancelled cancelled,
            ProgressReports reports,
            WarmerMetrics metrics) {
        this.namespaces = namespaces;
        this.selection = selection;
        this.loads = loads;
        this.queue = queue;
        this.cancelled = cancelled;
        this.reports = reports;
        this.metrics = metrics;
    }

    /**
     * Carries out a job, unless one with its id was finished here before. Blocks until its end is
     * told, or its parts are handed over.
     *
     * @throws InterruptedException when interrupted; then the job is not finished
     */
    public void run(WarmJob job) throws InterruptedException {
        if (finished.contains(job.recordKey())) {
            log.atInfo().addKeyValue("job", job.recordKey()).log("warm job was finished before");
            return;
        }
        metrics.jobStarted();
        try {
            Progress progress = reports.open(job);
            State state = guarded(job, progress);
            if (state != null) {
                progress.end(state).toCompletableFuture().get();
                metrics.jobEnded(state);
            }
            finished.add(job.recordKey());
            log.atInfo()
                    .addKeyValue("job", job.recordKey())
                    .addKeyValue("namespace", job.namespace())
                    .addKeyValue("requestedBy", job.requestedBy())
                    .addKeyValue("state", state == null ? "divided" : state)
                    .log("warm job ended");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a progress sink must not fail", e);
        } finally {
            metrics.jobStopped();
        }
    }

    private @Nullable State guarded(WarmJob job, Progress progress) throws InterruptedException {
        try {
            return carryOut(job, progress);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("job", job.recordKey()).setCause(e).log("warm job broke off");
            return State.FAILED;
        }
    }

    /** How it ended; null when its parts go on. */
    private @Nullable State carryOut(WarmJob job, Progress progress) throws InterruptedException {
        if (cancelled.contains(job.id())) {
            return State.CANCELLED;
        }
        Optional<NamespaceConfig> namespace = find(job.namespace());
        if (namespace.isEmpty() || namespace.get().source() == null) {
            log.atWarn()
                    .addKeyValue("job", job.id())
                    .addKeyValue("namespace", job.namespace())
                    .log(
                            namespace.isEmpty()
                                    ? "there is no such namespace to warm"
                                    : "a namespace without a source cannot be warmed");
            return State.FAILED;
        }
        metrics.loading(job.namespace());
        Selected selected = selection.select(namespace.get(), job);
        progress.selected(selected);
        List<WarmJob> parts = Division.of(job, selected.keys());
        if (!parts.isEmpty()) {
            divide(parts, progress);
            return null;
        }
        var reporting = reports.every(progress);
        try {
            return warm(job, namespace.get(), selected.keys(), progress);
        } finally {
            reporting.cancel(false);
        }
    }

    private Optional<NamespaceConfig> find(Namespace name) throws InterruptedException {
        Optional<NamespaceConfig> found = namespaces.find(name);
        for (var waited = Duration.ZERO;
                found.isEmpty() && waited.compareTo(NAMESPACE_PATIENCE) < 0;
                waited = waited.plus(NAMESPACE_RETRY)) {
            Thread.sleep(NAMESPACE_RETRY);
            found = namespaces.find(name);
        }
        return found;
    }

    private void divide(List<WarmJob> parts, Progress progress) throws InterruptedException {
        try {
            // Before any part: whoever hears of a part knows how many there are.
            progress.divided(parts.size()).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a progress sink must not fail", e);
        }
        for (WarmJob part : parts) {
            queue.submit(part);
        }
    }

    private State warm(
            WarmJob job, NamespaceConfig namespace, List<EntryKey> keys, Progress progress)
            throws InterruptedException {
        var left = new CountDownLatch(keys.size());
        var silent = new AtomicBoolean();
        boolean isGivenUp = false;
        for (EntryKey key : keys) {
            isGivenUp = isGivenUp || cancelled.contains(job.id());
            if (isGivenUp) {
                left.countDown();
                continue;
            }
            var _ =
                    loads.load(namespace, key)
                            .exceptionally(failure -> {
                                if (!silent.getAndSet(true)) {
                                    logFailure(job, failure);
                                }
                                return WarmOutcome.FAILED;
                            })
                            .thenAccept(outcome -> {
                                progress.add(outcome);
                                left.countDown();
                            });
        }
        left.await();
        if (isGivenUp) {
            return State.CANCELLED;
        }
        return progress.hasFailures() ? State.INCOMPLETE : State.DONE;
    }

    private static void logFailure(WarmJob job, Throwable failure) {
        log.atWarn()
                .addKeyValue("job", job.recordKey())
                .addKeyValue("namespace", job.namespace())
                .setCause(failure)
                .log("could not warm an entry; further failures of this job are only counted");
    }
}
