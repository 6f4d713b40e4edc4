package io.freshet.warmer.job;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.freshet.contracts.event.WarmJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** Tells in an interval how far the running jobs are. Thread-safe. */
public final class ProgressReports implements AutoCloseable {

    private final ProgressSink sink;
    private final Duration interval;
    private final InstantSource clock;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("warm-progress").factory());

    public ProgressReports(ProgressSink sink, Duration interval, InstantSource clock) {
        this.sink = sink;
        this.interval = interval;
        this.clock = clock;
    }

    Progress open(WarmJob job) {
        return new Progress(job, sink, clock);
    }

    /** Tells now, and in the interval until the answer is cancelled. */
    Future<?> every(Progress progress) {
        progress.running();
        return ticker.scheduleWithFixedDelay(
                progress::running, interval.toMillis(), interval.toMillis(), MILLISECONDS);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
