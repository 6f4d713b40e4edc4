package io.freshet.cdc.settings;

import io.freshet.contracts.topic.Partitioning;
import io.freshet.contracts.topic.Topics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topics of the installation: {@code freshet.topics.*}; the same for every service.
 *
 * @param prefix begins every name
 * @param logPartitions a power of two
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
