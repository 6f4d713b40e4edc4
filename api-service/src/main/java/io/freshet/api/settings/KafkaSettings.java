package io.freshet.api.settings;

import io.freshet.contracts.producer.Signer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is: {@code freshet.kafka.*}.
 *
 * @param bootstrapServers host:port, several joined by commas
 * @param producer the name under which events are signed
 * @param producerSecret what they are signed with; none where {@code freshet.inbox.producers} of
 *     invalidation-stream names nobody
 */
@ConfigurationProperties("freshet.kafka")
public record KafkaSettings(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue("api-service") String producer,
        @Nullable String producerSecret) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("freshet.kafka.bootstrap-servers must not be empty");
        }
    }

    /** Signs what this service sends to the inbox. */
    public Signer signer() {
        return Signer.of(producer, producerSecret);
    }

    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=%s, producer=%s]"
                .formatted(bootstrapServers, producer);
    }
}
