package io.freshet.warmer.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
 * A thread that polls a consumer until it is closed. A consumer that fails is closed, and after a
 * pause a new one takes its place: Kafka being away never ends the thread.
 */
final class ConsumerLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Polling polling;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> current;

    /** What is done with a consumer; called by the loop's thread only. */
    interface Polling {

        /** Subscribes a new consumer, or assigns its partitions. */
        void begin(Consumer<String, byte[]> consumer);

        /** Polls once, briefly, and handles what came. */
        void turn(Consumer<String, byte[]> consumer);

        /** Lets go of what was polled, before the consumer is closed. */
        void end(Consumer<String, byte[]> consumer);
    }

    ConsumerLoop(String name, Supplier<Consumer<String, byte[]>> consumers, Polling polling) {
        this.consumers = consumers;
        this.polling = polling;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        while (isOpen()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                current = consumer;
                use(consumer);
            } catch (WakeupException | InterruptException _) {
                // closing
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("consumer", thread.getName())
                        .setCause(e)
                        .log("consumer failed; another one takes its place");
                pause();
            }
        }
    }

    private void use(Consumer<String, byte[]> consumer) {
        try {
            polling.begin(consumer);
            while (isOpen()) {
                polling.turn(consumer);
            }
        } catch (WakeupException _) {
            // closing
        } finally {
            polling.end(consumer);
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
