package io.freshet.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Key of a record that knows its partition; only its text is written.
 *
 * @param text null for a record without key
 */
record Placed(int partition, @Nullable String text) {

    @SuppressWarnings("NullAway") // Kafka takes null for a record without key
    static Serializer<Placed> serializer() {
        return (_, placed) -> placed.text() == null ? null : placed.text().getBytes(UTF_8);
    }

    static <V> StreamPartitioner<Placed, V> partitioner() {
        return (_, placed, _, _) -> Optional.of(Set.of(placed.partition()));
    }
}
