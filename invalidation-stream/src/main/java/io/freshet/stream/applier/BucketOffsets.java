package io.freshet.stream.applier;

import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.topic.Partitioning;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The next offset that each bucket of one partition has to see, by namespace; {@link #NONE} for a
 * bucket without marker.
 */
final class BucketOffsets {

    static final long NONE = -1;

    private final int partition;
    private final Partitioning partitioning;
    private final List<Integer> buckets;
    private final Map<Namespace, long[]> offsets = new HashMap<>();

    /** Is shown buckets. */
    @FunctionalInterface
    interface Visitor {

        void visit(Namespace namespace, int bucket, long offset);
    }

    BucketOffsets(int partition, Partitioning partitioning) {
        this.partition = partition;
        this.partitioning = partitioning;
        this.buckets =
                IntStream.range(0, partitioning.buckets())
                        .filter(bucket -> partitioning.partitionOf(bucket) == partition)
                        .boxed()
                        .toList();
    }

    /** The buckets of any namespace that belong to this partition. */
    List<Integer> buckets() {
        return buckets;
    }

    Set<Namespace> namespaces() {
        return offsets.keySet();
    }

    boolean isTracked(Namespace namespace) {
        return offsets.containsKey(namespace);
    }

    void track(Namespace namespace) {
        long[] none = new long[buckets.size()];
        Arrays.fill(none, NONE);
        offsets.putIfAbsent(namespace, none);
    }

    void retain(Collection<Namespace> namespaces) {
        offsets.keySet().retainAll(namespaces);
    }

    boolean isOurs(int bucket) {
        return partitioning.partitionOf(bucket) == partition;
    }

    long get(Namespace namespace, int bucket) {
        long @Nullable [] row = offsets.get(namespace);
        return row == null ? NONE : row[indexOf(bucket)];
    }

    void set(Namespace namespace, int bucket, long offset) {
        long @Nullable [] row = offsets.get(namespace);
        if (row != null) {
            row[indexOf(bucket)] = offset;
        }
    }

    /** Shows every tracked bucket. The visitor may set offsets. */
    void forEach(Visitor visitor) {
        offsets.forEach((namespace, row) -> {
            for (int i = 0; i < row.length; i++) {
                visitor.visit(namespace, buckets.get(i), row[i]);
            }
        });
    }

    private int indexOf(int bucket) {
        return bucket / partitioning.logPartitions();
    }
}
