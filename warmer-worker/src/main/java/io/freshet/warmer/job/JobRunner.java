package io.freshet.warmer.job;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.Cache;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.Namespaces;
import io.freshet.warmer.metrics.WarmerMetrics;
import io.freshet.warmer.popularity.Popularity;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out warm jobs. Any number of threads may run jobs at once; they share one pacer.
 *
 * <p>Phases of a job: the namespace is looked up, keys are selected, each is warmed through the
 * cache, the end is told. Progress is told at the start, in an interval, and at the end.
 *
 * <p>Failure modes: an unknown namespace, or one without a source, makes the job FAILED; a key that
 * cannot be loaded is counted and the job goes on; a defect breaks the job off as FAILED, so that
 * it is not tried for ever; a job that is interrupted ends without a word, so that whoever runs it
 * next tells its progress.
 */
public final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    /** A namespace created just before the job may not have reached this node yet. */
    private static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration NAMESPACE_RETRY = Duration.ofMillis(100);
    private static final int REMEMBERED_JOBS = 10_000;

    private final Namespaces namespaces;
    private final Cache cache;
    private final Popularity popularity;
    private final LoadPacer pacer;
    private final ProgressReports reports;
    private final WarmerMetrics metrics;
    private final RecentIds finished = new RecentIds(REMEMBERED_JOBS);

    public JobRunner(
            Namespaces namespaces,
            Cache cache,
            Popularity popularity,
            LoadPacer pacer,
            ProgressReports reports,
            WarmerMetrics metrics) {
        this.namespaces = namespaces;
        this.cache = cache;
        this.popularity = popularity;
        this.pacer = pacer;
        this.reports = reports;
        this.metrics = metrics;
    }

    /**
     * Carries out a job, unless one with its id was finished here before. Blocks until its end is
     * told.
     *
     * @throws InterruptedException when interrupted; then the job is not finished
     */
    public void run(WarmJob job) throws InterruptedException {
        if (finished.contains(job.id())) {
            log.atInfo().addKeyValue("job", job.id()).log("warm job was finished before");
            return;
        }
        metrics.jobStarted();
        try {
            Progress progress = reports.open(job);
            State state = guarded(job, progress);
            progress.end(state).toCompletableFuture().get();
            finished.add(job.id());
            metrics.jobEnded(state);
            log.atInfo()
                    .addKeyValue("job", job.id())
                    .addKeyValue("namespace", job.namespace())
                    .addKeyValue("state", state)
                    .log("warm job ended");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a progress sink must not fail", e);
        } finally {
            metrics.jobStopped();
        }
    }

    private State guarded(WarmJob job, Progress progress) throws InterruptedException {
        try {
            return carryOut(job, progress);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("job", job.id()).setCause(e).log("warm job broke off");
            return State.FAILED;
        }
    }

    private State carryOut(WarmJob job, Progress progress) throws InterruptedException {
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
        Collection<EntryKey> keys = select(job);
        progress.selected(keys.size());
        var reporting = reports.every(progress);
        try {
            warm(job, namespace.get(), keys, progress);
        } finally {
            reporting.cancel(false);
        }
        return State.DONE;
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

    private Collection<EntryKey> select(WarmJob job) {
        return switch (job.selection()) {
            case Selection.Keys(var keys) -> new LinkedHashSet<>(keys);
            case Selection.Top(int count) -> popularity.top(job.namespace(), count);
        };
    }

    private void warm(
            WarmJob job, NamespaceConfig namespace, Collection<EntryKey> keys, Progress progress)
            throws InterruptedException {
        var left = new CountDownLatch(keys.size());
        var silent = new AtomicBoolean();
        for (EntryKey key : keys) {
            pacer.enter();
            var _ =
                    warm(namespace, key)
                            .exceptionally(failure -> {
                                if (!silent.getAndSet(true)) {
                                    logFailure(job, failure);
                                }
                                return WarmOutcome.FAILED;
                            })
                            .thenAccept(outcome -> {
                                pacer.leave(outcome != WarmOutcome.PRESENT);
                                progress.add(outcome);
                                count(namespace.name(), outcome);
                                left.countDown();
                            });
        }
        left.await();
    }

    private CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key) {
        try {
            return cache.warm(namespace, key);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void count(Namespace namespace, WarmOutcome outcome) {
        if (outcome != WarmOutcome.PRESENT) {
            metrics.sourceQuery();
        }
        switch (outcome) {
            case LOADED -> metrics.loaded(namespace);
            case FAILED -> metrics.failed(namespace);
            case PRESENT, ABSENT -> {}
        }
    }

    private static void logFailure(WarmJob job, Throwable failure) {
        log.atWarn()
                .addKeyValue("job", job.id())
                .addKeyValue("namespace", job.namespace())
                .setCause(failure)
                .log("could not warm an entry; further failures of this job are only counted");
    }
}
