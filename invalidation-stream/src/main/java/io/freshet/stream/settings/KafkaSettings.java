package io.freshet.stream.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is: {@code freshet.kafka.*}.
 *
 * @param bootstrapServers host:port, several joined by commas
 */
@ConfigurationProperties("freshet.kafka")
public record KafkaSettings(@DefaultValue("127.0.0.1:9092") String bootstrapServers) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("freshet.kafka.bootstrap-servers must not be empty");
        }
    }
}
