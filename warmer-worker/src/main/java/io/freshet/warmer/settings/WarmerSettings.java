package io.freshet.warmer.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Warming: {@code freshet.warmer.*}.
 *
 * @param budget most source queries per second, all workers together; the same for each
 * @param concurrency most loads under way, all jobs of this worker together; fewer while the source
 *     is slow
 * @param progressInterval how often the progress of a running job is told
 */
@ConfigurationProperties("freshet.warmer")
public record WarmerSettings(
        @DefaultValue("200") int budget,
        @DefaultValue("8") int concurrency,
        @DefaultValue("500ms") Duration progressInterval,
        @DefaultValue Popularity popularity) {

    /**
     * What is remembered of the keys that are asked for.
     *
     * @param keys most keys counted per namespace
     * @param namespaces most namespaces counted
     * @param halfLife after which a request counts half
     * @param saveInterval how often it is kept in Kafka
     */
    public record Popularity(
            @DefaultValue("10000") int keys,
            @DefaultValue("100") int namespaces,
            @DefaultValue("1h") Duration halfLife,
            @DefaultValue("1m") Duration saveInterval) {

        public Popularity {
            requireAtLeast("popularity.keys", keys, 2);
            requireAtLeast("popularity.namespaces", namespaces, 1);
            requirePositive("popularity.half-life", halfLife);
            requirePositive("popularity.save-interval", saveInterval);
        }
    }

    public WarmerSettings {
        requireAtLeast("budget", budget, 1);
        requireAtLeast("concurrency", concurrency, 1);
        requirePositive("progress-interval", progressInterval);
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "freshet.warmer.%s must be at least %d, not %d"
                            .formatted(option, least, value));
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "freshet.warmer.%s must be at least 1ms, not %s".formatted(option, value));
        }
    }
}
