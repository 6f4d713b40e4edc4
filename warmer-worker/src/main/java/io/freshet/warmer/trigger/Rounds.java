package io.freshet.warmer.trigger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does something again and again, with a pause between, until it is closed. */
public final class Rounds implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final Duration pause;
    private final Round round;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** What is done. */
    @FunctionalInterface
    public interface Round {

        void run() throws InterruptedException;
    }

    private Rounds(String name, Duration pause, Round round) {
        this.pause = pause;
        this.round = round;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /** Starts; the first round is after the first pause. */
    public static Rounds start(String name, Duration pause, Round round) {
        var rounds = new Rounds(name, pause, round);
        rounds.thread.start();
        return rounds;
    }

    private void loop() {
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                runOnce();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("thread", thread.getName()).setCause(e).log("a round failed");
        }
    }

    /** Interrupts the round, if one is under way, and waits for the thread. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
