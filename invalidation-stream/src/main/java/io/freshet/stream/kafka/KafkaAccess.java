package io.freshet.stream.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How this service reaches Kafka and names itself there.
 *
 * @param applicationId begins the names of its groups and internal topics
 * @param instanceId unique among the instances and kept over restarts: then a restart takes its
 *     partitions back without a rebalance; null for none
 * @param sessionTimeout after which a silent instance loses its partitions
 */
public record KafkaAccess(
        String bootstrapServers,
        String applicationId,
        @Nullable String instanceId,
        Duration sessionTimeout) {

    /** Settings of a group member; heartbeats are sent three times in a session's timeout. */
    public Map<String, Object> membership() {
        long timeout = sessionTimeout.toMillis();
        var membership =
                new HashMap<String, Object>(
                        Map.of(
                                CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG, (int) timeout,
                                CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG,
                                        (int) (timeout / 3)));
        if (instanceId != null) {
            membership.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        return membership;
    }
}
