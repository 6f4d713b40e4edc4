package io.freshet.warmer.job;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How fast warming may load, all jobs together: a token bucket of source queries per second, which
 * lets at most a twentieth of a second's go at once, and a limit of loads in flight. Thread-safe;
 * whoever waits longest goes first.
 */
public final class LoadPacer {

    private final Bucket queries;
    private final Semaphore inFlight;

    /**
     * @param queriesPerSecond at least 1
     * @param concurrency most loads in flight, at least 1
     */
    public LoadPacer(int queriesPerSecond, int concurrency) {
        queries =
                Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(Math.max(1, queriesPerSecond / 20))
                                        .refillGreedy(queriesPerSecond, Duration.ofSeconds(1)))
                        .build();
        inFlight = new Semaphore(concurrency, true);
    }

    /** Blocks until one more load may begin; {@link #leave} must follow. */
    void enter() throws InterruptedException {
        inFlight.acquire();
        try {
            queries.asBlocking().consume(1);
        } catch (InterruptedException e) {
            inFlight.release();
            throw e;
        }
    }

    /**
     * Ends a load.
     *
     * @param queried whether the source was asked; if not, another load may ask in its stead
     */
    void leave(boolean queried) {
        if (!queried) {
            queries.addTokens(1);
        }
        inFlight.release();
    }
}
