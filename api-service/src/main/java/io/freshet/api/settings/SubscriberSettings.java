package io.freshet.api.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Those who are told of invalidations by server-sent events: {@code freshet.subscribers.*}.
 *
 * @param max subscribers of one node at the most
 * @param queue events that wait for one subscriber at the most; when there are more it is ended,
 *     and may come back for them
 * @param heartbeat how often each is told how far the log is consumed, so that it knows that it is
 *     connected
 * @param readers how many of those that come back read what they missed at one time
 */
@ConfigurationProperties("freshet.subscribers")
public record SubscriberSettings(
        @DefaultValue("1000") int max,
        @DefaultValue("1024") int queue,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("8") int readers) {

    public SubscriberSettings {
        if (max < 1 || queue < 1 || readers < 1) {
            throw new IllegalArgumentException(
                    "freshet.subscribers.max, .queue and .readers must be at least 1");
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("freshet.subscribers.heartbeat must be positive");
        }
    }
}
