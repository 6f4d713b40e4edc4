package io.freshet.engine.log;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Lets records gather while many come: after a poll that brought some the next one begins no sooner
 * than a moment after that one began. Who waits for a single record gets it at once. For one
 * thread.
 *
 * <p>A request for records costs the broker and the client about as much as a hundred records do,
 * and a consumer that asks again as soon as it has some is answered with the one or two that have
 * come since.
 */
public final class Pace {

    private final long least;
    private final LongSupplier nanoTime;
    private final LongConsumer park;
    private long notBefore;
    private boolean waits;

    /**
     * @param least from the beginning of a poll that brings records to that of the next
     */
    public Pace(Duration least) {
        this(least, System::nanoTime, LockSupport::parkNanos);
    }

    Pace(Duration least, LongSupplier nanoTime, LongConsumer park) {
        this.least = least.toNanos();
        this.nanoTime = nanoTime;
        this.park = park;
    }

    /** Polls, when it is time to. */
    public <K, V> ConsumerRecords<K, V> poll(Consumer<K, V> consumer, Duration timeout) {
        await();
        ConsumerRecords<K, V> records = consumer.poll(timeout);
        polled(!records.isEmpty());
        return records;
    }

    /** Returns when the next poll may begin; {@link #polled} is to follow. */
    void await() {
        long now = nanoTime.getAsLong();
        if (waits && notBefore - now > 0) {
            park.accept(notBefore - now);
            now = nanoTime.getAsLong();
        }
        notBefore = now + least;
    }

    /**
     * The poll has ended.
     *
     * @param some whether it brought records
     */
    void polled(boolean some) {
        waits = some;
    }
}
