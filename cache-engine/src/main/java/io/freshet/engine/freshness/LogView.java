package io.freshet.engine.freshness;

import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.ScopeRecord;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.LogPosition;
import io.freshet.contracts.position.Stamp;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.store.Marker;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of the whole log: the judge of every entry it meets.
 *
 * <p>The tail's thread calls {@link #restore}, {@link #begin}, {@link #consume} and {@link #lose};
 * any thread asks. Whoever judges takes {@link #position} first: what it then concludes holds at
 * that position.
 */
public final class LogView {

    private final Partitioning partitioning;
    private final PartitionView[] partitions;
    private final PositionWaiters[] waiters;

    public LogView(Partitioning partitioning, ViewLimits limits) {
        this(partitioning, () -> new PartitionView(limits));
    }

    LogView(Partitioning partitioning, Supplier<PartitionView> partition) {
        this.partitioning = partitioning;
        partitions =
                Stream.generate(partition)
                        .limit(partitioning.logPartitions())
                        .toArray(PartitionView[]::new);
        waiters =
                Stream.generate(PositionWaiters::new)
                        .limit(partitioning.logPartitions())
                        .toArray(PositionWaiters[]::new);
    }

    /** Takes over the position of a scope, before {@link #begin}. */
    public void restore(int partition, ScopeRecord.Position scope) {
        partitions[partition].restore(scope);
    }

    /**
     * Begins a partition.
     *
     * @param floor key events at or below it are not remembered; scope events are, by {@link
     *     #restore}
     * @param readyAt until this position is reached the node is not ready
     */
    public void begin(int partition, Stamp floor, Stamp readyAt) {
        partitions[partition].begin(floor, readyAt);
        waiters[partition].reached(floor);
    }

    /** Takes the next event; {@code position} counts it in. */
    public void consume(int partition, Stamp position, Event event) {
        partitions[partition].consume(position, event);
        waiters[partition].reached(position);
    }

    /** Something at or below {@code position} is lost: nothing stamped below it is trusted. */
    public void lose(int partition, Stamp position) {
        partitions[partition].lose(position);
        waiters[partition].reached(position);
    }

    /** Whether every partition has reached what was the log's end when the node started. */
    public boolean isReady() {
        return Arrays.stream(partitions).allMatch(PartitionView::isReady);
    }

    public int partitionOf(Namespace namespace, EntryKey key) {
        return partitioning.partitionOf(namespace, key);
    }

    /** How far the key's partition is consumed. */
    public LogPosition position(Namespace namespace, EntryKey key) {
        int partition = partitioning.partitionOf(namespace, key);
        return new LogPosition(partition, partitions[partition].position());
    }

    public Stamp position(int partition) {
        return partitions[partition].position();
    }

    /** The position at or below which key events of the partition are not remembered. */
    public Stamp floor(int partition) {
        return partitions[partition].floor();
    }

    /** Done once the partition is consumed up to {@code position}; completed by the tail. */
    public CompletionStage<Void> reached(int partition, Stamp position) {
        return waiters[partition].await(position, partitions[partition]::position);
    }

    /** Judges an entry as the store holds it, with the marker read together with it. */
    public Verdict judgeStored(
            Namespace namespace, EntryKey key, EntryHeader header, @Nullable Marker marker) {
        return viewOf(namespace, key).judgeStored(namespace, key, header, marker);
    }

    /**
     * Whether an entry counts as stale only because neither this node nor its bucket remembers far
     * enough: the bucket's marker will tell, a moment later.
     */
    public boolean isUnsure(
            Namespace namespace, EntryKey key, EntryHeader header, @Nullable Marker marker) {
        return viewOf(namespace, key).isUnsure(header, marker);
    }

    /** Judges a copy in this node's memory. */
    public Verdict judgeNear(Namespace namespace, EntryKey key, EntryHeader header) {
        return viewOf(namespace, key).judgeNear(namespace, key, header);
    }

    /**
     * Whether a value read at {@code stamp} was overtaken since, by a hard or a soft invalidation,
     * or may have been.
     */
    public boolean isOvertaken(Namespace namespace, EntryKey key, Set<Tag> tags, Stamp stamp) {
        return viewOf(namespace, key).isOvertaken(namespace, key, tags, stamp);
    }

    /** What the node knows that bears on an entry with these tags. */
    public Evidence evidence(Namespace namespace, EntryKey key, Set<Tag> tags) {
        int partition = partitioning.partitionOf(namespace, key);
        return partitions[partition].evidence(partition, namespace, key, tags);
    }

    /** The last hard invalidation of the key itself that is remembered, or zero. */
    public Stamp lastHard(Namespace namespace, EntryKey key) {
        return viewOf(namespace, key).lastHard(namespace, key);
    }

    private PartitionView viewOf(Namespace namespace, EntryKey key) {
        return partitions[partitioning.partitionOf(namespace, key)];
    }
}
