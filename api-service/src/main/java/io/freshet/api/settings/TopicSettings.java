package io.freshet.api.settings;

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
        @DefaultValue("1") short replicationFactor) {}
