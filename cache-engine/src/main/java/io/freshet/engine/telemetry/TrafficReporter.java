package io.freshet.engine.telemetry;

import io.freshet.contracts.event.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that hands on, once a second, what a {@link TrafficRecorder} has seen. */
public final class TrafficReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrafficReporter.class);
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final TrafficRecorder recorder;
    private final Consumer<Traffic> out;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param out called by this reporter's thread, and once more by whoever closes it; must not
     *     block
     */
    public TrafficReporter(TrafficRecorder recorder, Consumer<Traffic> out, InstantSource clock) {
        this.recorder = recorder;
        this.out = out;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("freshet-telemetry").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Stops, after handing on what was seen last. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Instant from = clock.instant();
        try {
            boolean last;
            do {
                last = closing.await(WINDOW.toMillis(), TimeUnit.MILLISECONDS);
                Instant now = clock.instant();
                report(now, Duration.between(from, now));
                from = now;
            } while (!last);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Instant now, Duration window) {
        for (Traffic traffic : recorder.drain(now, window)) {
            try {
                out.accept(traffic);
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("Telemetry could not be handed on");
            }
        }
    }
}
