package io.freshet.engine.namespace;

import java.time.Duration;
import java.util.List;

/**
 * A SQL source of a namespace.
 *
 * @param database name of the database, {@code primary} unless several are configured
 * @param sql one query with the parameter {@code :key}; its row, as a JSON object, is the value
 * @param timeout longest time a query may take
 * @param tags templates over the row's columns, such as <code>country:{code}</code>
 */
public record SourceConfig(String database, String sql, Duration timeout, List<String> tags) {

    /** The database that is meant when none is named. */
    public static final String DEFAULT_DATABASE = "primary";

    /** How long a query may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    public SourceConfig {
        tags = List.copyOf(tags);
        tags.forEach(TagTemplate::parse);
        if (!sql.contains(":key")) {
            throw new IllegalArgumentException("source.sql must use the parameter :key");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("source.timeout must be positive");
        }
    }
}
