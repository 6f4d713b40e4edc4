package io.freshet.api.settings;

import io.freshet.engine.log.KafkaOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topics of the installation: {@code freshet.topics.*}; the same for every service.
 *
 * @param prefix begins the name of every topic
 * @param logPartitions partitions of the log; a power of two
 * @param buckets hash tags in Redis that a namespace spreads over; a power of two
 * @param replicationFactor of topics that are made; 3 where there are three brokers
 * @param epoch high part of every stamp; another number of partitions needs another epoch
 */
@ConfigurationProperties("freshet.topics")
public record TopicSettings(
        @DefaultValue("freshet") String prefix,
        @DefaultValue("4") int logPartitions,
        @DefaultValue("" + KafkaOptions.DEFAULT_BUCKETS) int buckets,
        @DefaultValue("1") short replicationFactor,
        @DefaultValue("1") int epoch) {

    /** With the cluster that holds them. */
    public KafkaOptions at(KafkaSettings kafka) {
        return new KafkaOptions(
                kafka.bootstrapServers(),
                prefix,
                logPartitions,
                buckets,
                replicationFactor,
                epoch,
                kafka.signer());
    }
}
