package io.freshet.infra.bench.load;

import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for what the system does by itself, for ten minutes at most. */
public final class Awaited {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Entries that may come or go on their own while it is counted. */
    private static final long NOISE = 1_000;

    private Awaited() {}

    /** Something that has come about or not. */
    @FunctionalInterface
    public interface Condition {

        boolean holds() throws Exception;
    }

    /**
     * Blocks until it holds.
     *
     * @param pause between two looks; zero for none
     * @param otherwise says what went wrong when it never does
     */
    public static void until(Condition condition, Duration pause, String otherwise)
            throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise);
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /** Blocks until Redis holds so few keys as that. */
    public static void untilGone(RedisCommands<String, String> redis, long keys) throws Exception {
        until(() -> redis.dbsize() <= keys + NOISE, Duration.ofMillis(20), "the entries do not go");
    }
}
