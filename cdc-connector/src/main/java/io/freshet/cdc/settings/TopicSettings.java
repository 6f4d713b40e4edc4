package io.freshet.cdc.settings;

import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.Topics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topics of the installation: {@code freshet.topics.*}; the same for every service.
 *
 * @param prefix begins the name of every topic
 * @param logPartitions partitions of the log; a power of two
 * @param replicationFactor of topics that are made; 3 where there are three brokers
 */
@ConfigurationProperties("freshet.topics")
public record TopicSettings(
        @DefaultValue("freshet") String prefix,
        @DefaultValue("4") int logPartitions,
        @DefaultValue("1") short replicationFactor) {

    /** Change capture routes to partitions only; buckets are other services' business. */
    public Topics topics() {
        return new Topics(
                prefix, new Partitioning(logPartitions, logPartitions), replicationFactor);
    }
}
