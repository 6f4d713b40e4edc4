package io.freshet.stream.kafka;

import io.freshet.contracts.event.FanOutOrder;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Registrations;
import io.freshet.contracts.topic.TopicSpec;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;

/** A record of one of the three topics that the expander reads. */
sealed interface ExpanderInput {

    /** Of {@code freshet.log}. */
    record Logged(LogRecord record) implements ExpanderInput {}

    /** Of {@code freshet.entries}. */
    record Registered(Registrations record) implements ExpanderInput {}

    /** Of {@code freshet.fan-out-orders}. */
    record Ordered(FanOutOrder order) implements ExpanderInput {}

    /**
     * Reads a topic as input. What cannot be read stops the stream: see {@link StreamsSettings}.
     */
    static <T> Deserializer<ExpanderInput> reader(
            TopicSpec<T> topic, Function<T, ExpanderInput> kind) {
        return (_, bytes) -> kind.apply(topic.codec().decode(bytes));
    }
}
