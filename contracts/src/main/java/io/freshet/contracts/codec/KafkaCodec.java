package io.freshet.contracts.codec;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A codec as a Kafka serde; null stays null, as compacted topics need it. */
public record KafkaCodec<T>(Codec<T> codec) implements Serde<T> {

    @Override
    @SuppressWarnings("NullAway") // Kafka hands over and expects null for a tombstone
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : codec.encode(value);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : codec.decode(bytes);
    }
}
