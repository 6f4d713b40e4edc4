package io.freshet.engine.log;

import static java.util.Objects.requireNonNull;

import io.freshet.contracts.codec.MalformedRecordException;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The records of the log between two places, each partition in its order. Its methods block until
 * Kafka answers; {@link #close} may be called by any thread, and ends them.
 */
public final class LogStretch implements Iterator<LogPiece>, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final TopicSpec<LogRecord> topic;
    private final LogPositions to;
    private final Deque<LogPiece> found = new ArrayDeque<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private LogPositions reached;
    private boolean begun;
    private boolean closed;

    LogStretch(
            Consumer<String, byte[]> consumer,
            TopicSpec<LogRecord> topic,
            LogPositions from,
            LogPositions to) {
        this.consumer = consumer;
        this.topic = topic;
        this.reached = from;
        this.to = to;
    }

    @Override
    public synchronized boolean hasNext() {
        while (found.isEmpty() && !closing.get() && !isAtEnd()) {
            try {
                read();
            } catch (WakeupException _) {
                break;
            }
        }
        return !found.isEmpty() && !closing.get();
    }

    @Override
    public synchronized LogPiece next() {
        LogPiece next = found.poll();
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    private boolean isAtEnd() {
        return begun && unread().isEmpty();
    }

    private List<TopicPartition> unread() {
        return IntStream.range(0, to.positions().size())
                .filter(p -> reached.of(p) < to.of(p))
                .mapToObj(p -> new TopicPartition(topic.name(), p))
                .toList();
    }

    private void read() {
        if (!begun) {
            consumer.assign(unread());
            seek(unread());
            begun = true;
            return;
        }
        try {
            consumer.poll(POLL).forEach(this::take);
            unread().forEach(partition -> moveTo(partition, consumer.position(partition)));
        } catch (OffsetOutOfRangeException e) {
            seek(e.offsetOutOfRangePartitions().keySet());
        }
        List<TopicPartition> left = unread();
        if (left.size() < consumer.assignment().size()) {
            Map<TopicPartition, Long> places = new HashMap<>();
            left.forEach(partition -> places.put(partition, consumer.position(partition)));
            consumer.assign(left);
            places.forEach(consumer::seek);
        }
    }

    /** Goes to where reading is, or where the log begins now. */
    private void seek(Collection<TopicPartition> partitions) {
        consumer.beginningOffsets(partitions)
                .forEach((partition, begin) -> {
                    if (begin > reached.of(partition.partition())) {
                        moveTo(partition, begin);
                        found.add(new LogPiece.Lost(reached, partition.partition()));
                    }
                    consumer.seek(partition, Math.max(begin, reached.of(partition.partition())));
                });
    }

    /** A record is never above the end: the rest of a batch may be. */
    private void take(ConsumerRecord<String, byte[]> record) {
        int partition = record.partition();
        if (record.offset() >= to.of(partition)) {
            return;
        }
        moveTo(new TopicPartition(topic.name(), partition), record.offset() + 1);
        found.add(piece(record));
    }

    private LogPiece piece(ConsumerRecord<String, byte[]> record) {
        int partition = record.partition();
        if (record.value() != null) {
            try {
                return new LogPiece.Told(
                        reached,
                        new LogPosition(partition, Stamp.of(reached.epoch(), record.offset() + 1)),
                        requireNonNull(topic.codec().decode(record.value())));
            } catch (MalformedRecordException _) {
                // Lost, as below.
            }
        }
        return new LogPiece.Lost(reached, partition);
    }

    private void moveTo(TopicPartition partition, long position) {
        int p = partition.partition();
        reached = reached.with(p, Math.max(reached.of(p), Math.min(position, to.of(p))));
    }

    @Override
    public void close() {
        closing.set(true);
        consumer.wakeup();
        synchronized (this) {
            if (!closed) {
                closed = true;
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        }
    }
}
