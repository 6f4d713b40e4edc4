package io.freshet.engine.log;

import io.freshet.contracts.producer.Signer;
import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How a node reaches the topics of its installation, and the properties of its Kafka clients.
 *
 * @param topicsPrefix begins every topic's name
 * @param logPartitions partitions of the log; a power of two
 * @param buckets hash tags that a namespace spreads over; a power of two
 * @param epoch high part of every stamp; another number of partitions needs another epoch
 * @param signer of what is sent to the inbox
 */
public record KafkaOptions(
        String bootstrapServers,
        String topicsPrefix,
        int logPartitions,
        int buckets,
        short replicationFactor,
        int epoch,
        Signer signer) {

    public static final int DEFAULT_BUCKETS = 64;

    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    /** With the default number of buckets, in the first epoch. */
    public KafkaOptions(
            String bootstrapServers,
            String topicsPrefix,
            int logPartitions,
            short replicationFactor) {
        this(bootstrapServers, topicsPrefix, logPartitions, DEFAULT_BUCKETS, replicationFactor, 1);
    }

    /** Of an installation whose inbox takes what is not signed. */
    public KafkaOptions(
            String bootstrapServers,
            String topicsPrefix,
            int logPartitions,
            int buckets,
            short replicationFactor,
            int epoch) {
        this(
                bootstrapServers,
                topicsPrefix,
                logPartitions,
                buckets,
                replicationFactor,
                epoch,
                Signer.none());
    }

    public Partitioning partitioning() {
        return new Partitioning(logPartitions, buckets);
    }

    public Topics topics() {
        return new Topics(topicsPrefix, partitioning(), replicationFactor);
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = client();
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return properties;
    }

    /** A reader of whole partitions, in no group, that is woken by the first byte. */
    Map<String, Object> tail() {
        Map<String, Object> properties = client();
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return properties;
    }

    /** The group of the nodes that apply writes. */
    public String writersGroup() {
        return topicsPrefix + "-writers";
    }

    /** A member of a group, which commits what it has done. */
    Map<String, Object> member(String group) {
        Map<String, Object> properties = tail();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return properties;
    }

    /**
     * A producer whose {@code send} never blocks its caller and whose records are either
     * acknowledged by every in-sync replica or failed after {@code deliveryTimeout}.
     */
    Map<String, Object> ackedProducer(Duration deliveryTimeout) {
        Map<String, Object> properties = producer(deliveryTimeout);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_RECORD);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What comes while a request is under way goes with the next one, whatever its partition.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return properties;
    }

    /** A producer without promises: nothing blocks, and what does not fit is dropped. */
    public Map<String, Object> lossyProducer() {
        Map<String, Object> properties = producer(Duration.ofSeconds(5));
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);
        return properties;
    }

    private Map<String, Object> producer(Duration deliveryTimeout) {
        int millis = Math.toIntExact(deliveryTimeout.toMillis());
        Map<String, Object> properties = client();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        // Zero: a missing topic description or a full buffer fails the send at once. The
        // description is fetched beforehand and never forgotten.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(20).toMillis());
        return properties;
    }

    private Map<String, Object> client() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50);
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
