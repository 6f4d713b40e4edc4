package io.freshet.stream.kafka;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Where a group has come to in its input, and where that begins. Blocks, for a bounded time. */
public interface InputOffsets {

    /** The offset that the group reads next; empty when it has none. */
    OptionalLong committed(TopicPartition partition);

    /** The first offset that is kept. */
    long begin(TopicPartition partition);
}
