package io.freshet.cdc.capture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tasks that repeat until one of them fails or the timers are closed. */
final class Timers implements AutoCloseable {

    private static final int THREADS = 4;

    private final ScheduledExecutorService executor;
    private final Consumer<Throwable> failed;

    /** A task; a failure ends its repetition. */
    interface Task {
        void run() throws SQLException, InterruptedException;
    }

    /**
     * @param failed told when a task fails
     */
    Timers(Consumer<Throwable> failed) {
        this.failed = failed;
        this.executor =
                Executors.newScheduledThreadPool(
                        THREADS, Thread.ofPlatform().name("freshet-capture-timer-", 0).factory());
    }

    void every(Duration interval, Task task) {
        var _ =
                executor.scheduleWithFixedDelay(
                        () -> attempt(task),
                        0,
                        Math.max(1, interval.toMillis()),
                        TimeUnit.MILLISECONDS);
    }

    /** Interrupts what is running; a task that was called off does not count as failed. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void attempt(Task task) {
        try {
            task.run();
        } catch (SQLException | RuntimeException e) {
            failed.accept(e);
            throw new IllegalStateException("not to be repeated", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
