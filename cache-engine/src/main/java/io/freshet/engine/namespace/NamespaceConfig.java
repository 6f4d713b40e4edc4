package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one namespace behaves.
 *
 * @param defaultTtl of entries that state none; also of what is read through
 * @param maxStaleness the consistency window
 * @param onStale what happens when the pipeline lags past the window
 * @param maxValueBytes largest value taken
 * @param putWithoutToken whether a PUT needs no miss token although there is a source
 * @param source null when callers bring the values
 */
public record NamespaceConfig(
        Namespace name,
        Duration defaultTtl,
        Duration maxStaleness,
        StalePolicy onStale,
        long maxValueBytes,
        boolean putWithoutToken,
        @Nullable SourceConfig source) {

    public static final Duration DEFAULT_TTL = Duration.ofHours(1);
    public static final Duration DEFAULT_MAX_STALENESS = Duration.ofSeconds(2);
    public static final StalePolicy DEFAULT_ON_STALE = StalePolicy.BYPASS;
    public static final long DEFAULT_MAX_VALUE_BYTES = 1024 * 1024;

    public NamespaceConfig {
        if (defaultTtl.isNegative() || defaultTtl.isZero()) {
            throw new IllegalArgumentException("default-ttl must be positive");
        }
        if (maxStaleness.isNegative() || maxStaleness.isZero()) {
            throw new IllegalArgumentException("max-staleness must be positive");
        }
        if (maxValueBytes < 1) {
            throw new IllegalArgumentException("max-value-bytes must be positive");
        }
    }

    /**
     * The database by whose heartbeats its consistency window is measured.
     *
     * @param otherwise that of namespaces without a source
     */
    public String measuredBy(String otherwise) {
        return source == null ? otherwise : source.database();
    }
}
