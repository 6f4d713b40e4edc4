/**
 * Carries evictions out in the shared tier and moves the markers of its buckets. No Kafka and no
 * Redis here: {@link io.freshet.stream.applier.PartitionApplier} is told of records and speaks to
 * an {@link io.freshet.stream.applier.EvictionTarget}.
 */
@NullMarked
package io.freshet.stream.applier;

import org.jspecify.annotations.NullMarked;
