package io.freshet.stream.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is written down of invalidations: {@code freshet.audit.*}.
 *
 * @param enabled whether it is
 * @param retention how long it is kept, in whole days
 * @param interval how often it is written
 * @param maxEffects invalidations of which it is remembered what they evicted until that is
 *     written; of more it is not told
 */
@ConfigurationProperties("freshet.audit")
public record AuditSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("250ms") Duration interval,
        @DefaultValue("20000") int maxEffects) {

    public AuditSettings {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("freshet.audit.retention must be at least 1d");
        }
        if (!interval.isPositive() || maxEffects < 1) {
            throw new IllegalArgumentException(
                    "freshet.audit.interval and .max-effects must be positive");
        }
    }
}
