package io.freshet.stream.audit;

import io.freshet.engine.log.KafkaOptions;
import io.freshet.stream.kafka.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes the consumer by which the audit follows the log, in a group of its own. */
final class LogConsumer {

    private static final int RECORDS = 5_000;
    private static final int WORTH_WRITING = 512 * 1024;

    private LogConsumer() {}

    /**
     * One that follows the log.
     *
     * @param access names the group, and how soon a killed member's partitions go to others
     * @param interval how long records wait for company, so that not each is a transaction
     */
    static Consumer<String, byte[]> open(
            KafkaOptions kafka, KafkaAccess access, Duration interval) {
        var properties = new HashMap<String, Object>(access.membership());
        properties.putAll(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        access.applicationId() + "-audit",
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "freshet-audit",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        RECORDS,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        WORTH_WRITING,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        (int) interval.toMillis()));
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(kafka.topics().log().name()));
        return consumer;
    }
}
