package io.freshet.cdc.capture;

import static java.util.Objects.requireNonNull;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's queue between the reader of the log and the engine, made to hand over at once: a lone
 * change without waiting for a batch to fill, a flood in large batches.
 *
 * <p><b>Mechanism.</b> Debezium wakes the engine early only when a batch is full, and waits the
 * poll interval otherwise. So the engine is set to batches of one element, which every change
 * fills, and an element taken from here stands for all the changes that wait, up to {@link #LIMIT};
 * {@link #unpack} gives them back.
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
        waiting.add(event.getRecord());
    }

    @Override
    public @Nullable DataChangeEvent poll() {
        taker = Thread.currentThread();
        SourceRecord first = waiting.poll();
        if (first == null || waiting.isEmpty()) {
            return first == null ? null : new DataChangeEvent(first);
        }
        var records = new ArrayList<SourceRecord>(Math.min(limit, waiting.size() + 1));
        records.add(first);
        while (records.size() < limit && !waiting.isEmpty()) {
            records.add(waiting.remove());
        }
        return new DataChangeEvent(together(records));
    }

    @Override
    public int size() {
        if (waiting.isEmpty() && Thread.currentThread().equals(taker)) {
            pauseWhenSpinning();
        }
        return waiting.size();
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
