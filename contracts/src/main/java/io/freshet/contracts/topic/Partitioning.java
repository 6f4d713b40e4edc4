package io.freshet.contracts.topic;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;

/**
 * How keys spread: over the buckets of their namespace in Redis, and so over log partitions.
 *
 * <p>Each bucket belongs to exactly one log partition, {@code bucket mod logPartitions}. Both
 * counts are powers of two and there are at least as many buckets as partitions.
 *
 * @param logPartitions partitions of {@code freshet.log} and of every topic beside it
 * @param buckets hash tags that a namespace spreads over
 */
public record Partitioning(int logPartitions, int buckets) {

    public Partitioning {
        if (Integer.bitCount(logPartitions) != 1 || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException(
                    "log partitions (%d) and buckets (%d) must be powers of two"
                            .formatted(logPartitions, buckets));
        }
        if (buckets < logPartitions) {
            throw new IllegalArgumentException(
                    "buckets (%d) must be at least as many as log partitions (%d)"
                            .formatted(buckets, logPartitions));
        }
    }

    public int bucketOf(Namespace namespace, EntryKey key) {
        return (int) KeyHash.of(namespace, key) & buckets - 1;
    }

    public int partitionOf(Namespace namespace, EntryKey key) {
        return partitionOf(bucketOf(namespace, key));
    }

    public int partitionOf(int bucket) {
        return bucket & logPartitions - 1;
    }
}
