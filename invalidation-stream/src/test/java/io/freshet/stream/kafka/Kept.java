package io.freshet.stream.kafka;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** The same answers for every partition. */
record Kept(OptionalLong committed, long begin) implements InputOffsets {

    @Override
    public OptionalLong committed(TopicPartition partition) {
        return committed;
    }

    @Override
    public long begin(TopicPartition partition) {
        return begin;
    }
}
