package io.freshet.stream.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * Settings of the two Kafka Streams instances of this process.
 *
 * <p>Two instances, each with one thread: threads of one instance share the tasks of all its
 * sub-topologies out among themselves, and fanning out must never hold routing up.
 *
 * <p>At least once, for everything downstream is idempotent and transactions would cost tens of
 * milliseconds. A producer never gives up on a record ({@code delivery.timeout.ms}): one that did
 * could deliver a later record without an earlier one, and heartbeats and {@code through} would
 * lie. For the same reason one request at a time is under way: idempotence alone keeps no order
 * towards a partition that has not met the producer yet and is changing its leader. Kafka's
 * defaults for records that cannot be read stay: on the internal topics that stops the expander,
 * which is seen, whereas skipping one would not be.
 *
 * @param stateDir directory of the stores
 * @param commitInterval longest time between commits
 * @param standbyReplicas copies of the stores that other instances keep warm
 * @param replicationFactor of the stores' changelogs
 */
public record StreamsSettings(
        KafkaAccess kafka,
        Path stateDir,
        Duration commitInterval,
        int standbyReplicas,
        int replicationFactor) {

    private static final Duration METADATA_AGE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration EXPANDER_LINGER = Duration.ofMillis(5);

    /** Of the instance that runs {@link RouterTopology}. */
    public Properties router() {
        return settings("router");
    }

    /**
     * Of the instance that runs {@link ExpanderTopology}. Invalidations are in force before it
     * reads them, so what it writes may wait a little for company.
     */
    public Properties expander(CommitWatch commits) {
        Properties settings = settings("expander");
        producer(settings, ProducerConfig.LINGER_MS_CONFIG, EXPANDER_LINGER.toMillis());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        settings.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                WallclockTimestampExtractor.class);
        settings.put(
                StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(
                StreamsConfig.mainConsumerPrefix("interceptor.classes"),
                CommitWatch.Interceptor.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(CommitWatch.CONFIG), commits);
        return settings;
    }

    private Properties settings(String part) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.applicationId() + "-" + part);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL.toMillis());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        producer(settings, ProducerConfig.LINGER_MS_CONFIG, 0);
        producer(settings, ProducerConfig.ACKS_CONFIG, "all");
        producer(settings, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer(settings, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer(settings, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(
                StreamsConfig.consumerPrefix(CommonClientConfigs.METADATA_MAX_AGE_CONFIG),
                METADATA_AGE.toMillis());
        kafka.membership()
                .forEach((name, value) ->
                        settings.put(StreamsConfig.mainConsumerPrefix(name), value));
        return settings;
    }

    private static void producer(Properties settings, String name, Object value) {
        settings.put(StreamsConfig.producerPrefix(name), value);
    }
}
