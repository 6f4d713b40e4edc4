package io.freshet.engine.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that polls a consumer until it is closed. A consumer that fails, or whose records cannot
 * be handled, is closed, and after a pause a new one takes its place: nothing but {@link #close}
 * ends the thread.
 */
public final class ConsumerLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Polling polling;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> current;

    /** What is done with a consumer; called by the loop's thread only. */
    public interface Polling {

        /** Subscribes a new consumer, or assigns its partitions. */
        void begin(Consumer<String, byte[]> consumer)
                throws InterruptedException, ExecutionException;

        /** Polls once, briefly, and handles what came. */
        void turn(Consumer<String, byte[]> consumer);

        /**
         * Lets go of what was polled: the consumer is closed, and as a member of a group it was
         * told of that before.
         */
        default void end() {}
    }

    /**
     * One that is not started.
     *
     * @param name of the thread, which failures are told under
     */
    public ConsumerLoop(
            String name, Supplier<Consumer<String, byte[]>> consumers, Polling polling) {
        this.consumers = consumers;
        this.polling = polling;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (isOpen()) {
            try {
                useOne();
            } catch (WakeupException _) {
                // Only close() does that.
            } catch (InterruptException | InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | RuntimeException e) {
                tell(e);
                pause();
            }
        }
    }

    private void useOne() throws InterruptedException, ExecutionException {
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            current = consumer;
            if (isOpen()) {
                polling.begin(consumer);
            }
            while (isOpen()) {
                polling.turn(consumer);
            }
        } finally {
            polling.end();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void tell(Exception e) {
        Throwable cause =
                e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        var event = cause instanceof KafkaException ? log.atWarn() : log.atError();
        event.addKeyValue("consumer", thread.getName())
                .setCause(cause)
                .log("A consumer failed; another one takes its place");
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread and waits for it, for 10 seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
