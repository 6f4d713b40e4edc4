package io.freshet.cdc.capture;

import static java.util.Objects.requireNonNull;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's queue between the reader of the log and the engine, made to hand over at once: a lone
 * transaction without waiting for a batch to fill, a flood in large batches.
 *
 * <p><b>Mechanism.</b> Debezium wakes the engine early only when a batch is full, and waits the
 * poll interval otherwise. So the engine is set to batches of one element, which the end of every
 * transaction fills, and an element taken from here stands for all the transactions that wait, up
 * to {@link #LIMIT} records; {@link #unpack} gives them back. A part of a transaction wakes nobody
 * before it is that large, since its end is on its way: so a small transaction is handed over once
 * and whole. Beginnings of transactions say nothing and are dropped.
 *
 * <p>Debezium 3.6 spins for the last part of a millisecond of each poll interval, which costs a
 * third of a core at 2 ms; looking at an empty queue again that soon is made to take a moment.
 *
 * <p>Found by its {@link #NAME} with a service loader. All calls are made under Debezium's lock.
 */
public final class HandoverQueue implements QueueProvider<DataChangeEvent> {

    static final String NAME = "freshet";

    /** The property that says how many changes are handed over together at most. */
    static final String LIMIT = "freshet.handover.limit";

    private static final long SPINNING_NANOS = 500_000;
    private static final long MOMENT_NANOS = 200_000;

    private final Queue<SourceRecord> waiting = new ArrayDeque<>();
    private final Deque<Long> ends = new ArrayDeque<>();
    private long enqueued;
    private long handedOver;
    private int limit = 1;
    private @Nullable Thread taker;
    private long lookedAt = System.nanoTime();

    /** What was handed over as one. */
    static List<SourceRecord> unpack(SourceRecord handedOver) {
        return handedOver.value() instanceof Together(List<SourceRecord> records)
                ? records
                : List.of(handedOver);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        limit = Integer.parseInt(requireNonNull(properties.get(LIMIT), LIMIT).toString());
    }

    @Override
    public void enqueue(DataChangeEvent event) {
        SourceRecord record = event.getRecord();
        TransactionMark mark = TransactionMark.of(record);
        if (mark == TransactionMark.BEGIN) {
            return;
        }
        waiting.add(record);
        enqueued++;
        if (mark == TransactionMark.END) {
            ends.addLast(enqueued);
        }
    }

    @Override
    public @Nullable DataChangeEvent poll() {
        taker = Thread.currentThread();
        int count = ready();
        if (count == 0) {
            return null;
        }
        var records = new ArrayList<SourceRecord>(count);
        while (records.size() < count) {
            records.add(waiting.remove());
        }
        handedOver += count;
        return new DataChangeEvent(count == 1 ? records.getFirst() : together(records));
    }

    /** Zero while the only changes that wait are the first of a transaction. */
    @Override
    public int size() {
        boolean nothing = ends.isEmpty() && waiting.size() < limit;
        if (nothing && Thread.currentThread().equals(taker)) {
            pauseWhenSpinning();
        }
        return nothing ? 0 : waiting.size();
    }

    /** Up to the end of a transaction, if there is one within the limit. */
    private int ready() {
        long furthest = handedOver + limit;
        long end = handedOver;
        while (!ends.isEmpty() && ends.getFirst() <= furthest) {
            end = ends.removeFirst();
        }
        if (end == handedOver && waiting.size() >= limit) {
            end = furthest;
        }
        return (int) (end - handedOver);
    }

    private void pauseWhenSpinning() {
        if (System.nanoTime() - lookedAt < SPINNING_NANOS) {
            LockSupport.parkNanos(MOMENT_NANOS);
        }
        lookedAt = System.nanoTime();
    }

    /** One record in the place of several; its position is that of the last. */
    private static SourceRecord together(List<SourceRecord> records) {
        SourceRecord last = records.getLast();
        return new SourceRecord(
                last.sourcePartition(),
                last.sourceOffset(),
                last.topic(),
                null,
                new Together(records));
    }

    private record Together(List<SourceRecord> records) {}
}
