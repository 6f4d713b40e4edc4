package io.freshet.contracts.topic;

import io.freshet.contracts.codec.Codec;
import io.freshet.contracts.codec.KafkaCodec;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic: its name, what its values are, and how it is kept. Keys are UTF-8 strings.
 *
 * @param config topic configuration as Kafka names it
 */
public record TopicSpec<T>(
        String name,
        Codec<T> codec,
        int partitions,
        short replicationFactor,
        Map<String, String> config) {

    public TopicSpec {
        config = Map.copyOf(config);
    }

    public KafkaCodec<T> serde() {
        return new KafkaCodec<>(codec);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, replicationFactor).configs(config);
    }
}
