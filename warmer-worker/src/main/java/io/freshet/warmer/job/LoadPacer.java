package io.freshet.warmer.job;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How fast this worker may load, all its jobs together: its share of the installation's budget of
 * source queries per second, and an {@link AdaptiveLimit} of loads in flight. Thread-safe; whoever
 * waits longest goes first.
 *
 * <p>The share is that of the partitions of {@code freshet.warm-jobs} that the worker has: each
 * belongs to one worker at a time, so the shares of all never add up to more than the budget. A
 * token bucket lets a twentieth of a second's queries go at once, and fills so much more slowly
 * that no second has more than the share.
 */
public final class LoadPacer {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int BURSTS_PER_SECOND = 20;

    private final int budget;
    private final Bucket queries;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final AdaptiveLimit limit;
    private int inFlight;

    /**
     * One that may use the whole budget until its share is said.
     *
     * @param budget queries per second of the installation, at least 1
     * @param concurrency most loads in flight, at least 1
     */
    public LoadPacer(int budget, int concurrency) {
        this.budget = budget;
        this.limit = new AdaptiveLimit(concurrency);
        this.queries = Bucket.builder().addLimit(bandwidth(budget).getBandwidths()[0]).build();
    }

    /**
     * Says the worker's share.
     *
     * @param partitions that it has; with none nothing is to be loaded, and nothing changes
     */
    public void share(int partitions, int ofAll) {
        if (partitions > 0) {
            long mine = Math.max(1, (long) budget * partitions / ofAll);
            queries.replaceConfiguration(bandwidth(mine), TokensInheritanceStrategy.AS_IS);
        }
    }

    private static BucketConfiguration bandwidth(long perSecond) {
        long burst = Math.max(1, perSecond / BURSTS_PER_SECOND);
        long refill = Math.max(1, perSecond - burst);
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, SECOND))
                .build();
    }

    /** How many loads the source bears at one time, as far as is known. */
    public int concurrency() {
        lock.lock();
        try {
            return limit.current();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until one more load may begin; one of the other methods must follow. */
    public void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inFlight >= limit.current()) {
                freed.await();
            }
            inFlight++;
        } finally {
            lock.unlock();
        }
        try {
            queries.asBlocking().consume(1);
        } catch (InterruptedException e) {
            release(() -> {});
            throw e;
        }
    }

    /** Ends a load that did not ask the source, so another may ask in its stead. */
    public void spared() {
        queries.addTokens(1);
        release(() -> {});
    }

    /** Ends a load that the source has answered. */
    public void answered(Duration took) {
        release(() -> limit.answered(took));
    }

    /** Ends a load that came to nothing. */
    public void failed() {
        release(limit::failed);
    }

    private void release(Runnable learning) {
        lock.lock();
        try {
            inFlight--;
            learning.run();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
