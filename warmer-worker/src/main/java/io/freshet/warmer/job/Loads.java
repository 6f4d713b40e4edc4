package io.freshet.warmer.job;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.Cache;
import io.freshet.engine.WarmOutcome;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.warmer.metrics.WarmerMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Loads entries at the pacer's pace, and counts what became of them. Thread-safe. */
public final class Loads {

    private final Cache cache;
    private final LoadPacer pacer;
    private final WarmerMetrics metrics;

    public Loads(Cache cache, LoadPacer pacer, WarmerMetrics metrics) {
        this.cache = cache;
        this.pacer = pacer;
        this.metrics = metrics;
    }

    /**
     * Loads an entry unless it is fresh. Blocks until it may begin; does not wait for its end.
     *
     * @return fails when it cannot be loaded, or ends as FAILED
     */
    public CompletionStage<WarmOutcome> load(NamespaceConfig namespace, EntryKey key)
            throws InterruptedException {
        pacer.enter();
        long began = System.nanoTime();
        return warm(namespace, key)
                .whenComplete((outcome, _) ->
                        settle(
                                namespace,
                                outcome == null ? WarmOutcome.FAILED : outcome,
                                Duration.ofNanos(System.nanoTime() - began)));
    }

    private CompletionStage<WarmOutcome> warm(NamespaceConfig namespace, EntryKey key) {
        try {
            return cache.warm(namespace, key);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void settle(NamespaceConfig namespace, WarmOutcome outcome, Duration took) {
        if (outcome != WarmOutcome.PRESENT) {
            metrics.sourceQuery();
        }
        switch (outcome) {
            case PRESENT -> pacer.spared();
            case ABSENT -> pacer.answered(took);
            case LOADED -> {
                pacer.answered(took);
                metrics.loaded(namespace.name());
            }
            case FAILED -> {
                pacer.failed();
                metrics.failed(namespace.name());
            }
        }
    }
}
