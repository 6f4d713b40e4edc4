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

    public SourceConfig {
        tags = List.copyOf(tags);
        if (!sql.contains(":key")) {
            throw new IllegalArgumentException("source.sql must use the parameter :key");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("source.timeout must be positive");
        }
    }
}
