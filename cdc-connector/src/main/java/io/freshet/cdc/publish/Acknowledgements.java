package io.freshet.cdc.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/**
 * What was sent and is not acknowledged yet, in the order of sending.
 *
 * <p>Counts: the first n that were sent have arrived, whatever came of the others. A refusal, and
 * one that is waited for longer than the patience, is a {@link KafkaException}; after that nobody
 * knows what arrived.
 *
 * <p>One thread at a time.
 */
final class Acknowledgements {

    private record Sent(Future<?> acknowledgement, long at) {}

    private final int most;
    private final long patienceNanos;
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private long sent;

    /**
     * @param most that may wait at a time; who sends one more waits for the first
     */
    Acknowledgements(int most, Duration patience) {
        this.most = most;
        this.patienceNanos = patience.toNanos();
    }

    /** Takes note of something that was sent, and blocks while too much waits. */
    void await(Future<?> acknowledgement) throws InterruptedException {
        waiting.addLast(new Sent(acknowledgement, System.nanoTime()));
        sent++;
        while (waiting.size() > most) {
            awaitFirst();
        }
    }

    /** How many were sent. */
    long sent() {
        return sent;
    }

    /** How many have arrived, as far as is known without waiting. */
    long arrived() throws InterruptedException {
        while (!waiting.isEmpty() && (waiting.getFirst().acknowledgement.isDone() || isLate())) {
            awaitFirst();
        }
        return sent - waiting.size();
    }

    /** Blocks until all have arrived. */
    void awaitAll() throws InterruptedException {
        while (!waiting.isEmpty()) {
            awaitFirst();
        }
    }

    private boolean isLate() {
        return System.nanoTime() - waiting.getFirst().at > patienceNanos;
    }

    private void awaitFirst() throws InterruptedException {
        Sent first = waiting.removeFirst();
        long left = patienceNanos - (System.nanoTime() - first.at);
        try {
            var _ = first.acknowledgement.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka did not take an event", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(
                    "Kafka did not take an event within "
                            + Duration.ofNanos(patienceNanos).toSeconds()
                            + " s",
                    e);
        }
    }
}
