package io.freshet.stream.kafka;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out that records of an input partition were removed before they were read. For one thread.
 *
 * <p>Kafka Streams goes on at the first record that is kept when the one it wants is not, and tells
 * nobody. So whenever offsets jump, and where reading begins, the partition is asked where it
 * begins: a jump to there is a loss. A jump to anywhere else is none; a producer's transactions
 * leave such holes.
 */
final class InputGaps {

    private final TopicPartition partition;
    private final InputOffsets offsets;
    private long next;

    /**
     * Records that are lost.
     *
     * @param from offset of the first of them
     * @param to offset after the last of them
     */
    record Gap(TopicPartition partition, long from, long to) {}

    private InputGaps(TopicPartition partition, InputOffsets offsets, long next) {
        this.partition = partition;
        this.offsets = offsets;
        this.next = next;
    }

    /**
     * Begins where the group has left off.
     *
     * @param otherwise where to begin when it has left no offset
     */
    static InputGaps of(TopicPartition partition, InputOffsets offsets, long otherwise) {
        return new InputGaps(partition, offsets, offsets.committed(partition).orElse(otherwise));
    }

    /** What is lost before this record. */
    Optional<Gap> before(long offset) {
        long expected = next;
        next = Math.max(next, offset + 1);
        return offset > expected && offset <= offsets.begin(partition)
                ? Optional.of(new Gap(partition, expected, offset))
                : Optional.empty();
    }
}
