package io.freshet.engine.namespace;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view of a PostgreSQL database.
 *
 * @param database name of the database, {@code primary} unless several are configured
 * @param sql one query with the parameter {@code :key}; its row, as a JSON object, is the value
 * @param timeout longest time a statement may take
 * @param tags templates over the row's columns, such as <code>country:{code}</code>
 * @param upsert one statement with {@code :key} and {@code :value} that writes a value through;
 *     null when values are only read
 * @param delete one statement with {@code :key}; null when values are not deleted through
 */
public record SqlSourceConfig(
        String database,
        String sql,
        Duration timeout,
        List<String> tags,
        @Nullable String upsert,
        @Nullable String delete)
        implements SourceConfig {

    /** The database that is meant when none is named. */
    public static final String DEFAULT_DATABASE = "primary";

    public SqlSourceConfig {
        tags = List.copyOf(tags);
        tags.forEach(TagTemplate::parse);
        requireParameter("sql", sql, ":key");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("source.timeout must be positive");
        }
        if (upsert != null) {
            requireParameter("upsert", upsert, ":key");
            requireParameter("upsert", upsert, ":value");
        }
        if (delete != null) {
            requireParameter("delete", delete, ":key");
        }
    }

    /** One that is only read. */
    public SqlSourceConfig(String database, String sql, Duration timeout, List<String> tags) {
        this(database, sql, timeout, tags, null, null);
    }

    private static void requireParameter(String field, String statement, String parameter) {
        if (!statement.contains(parameter)) {
            throw new IllegalArgumentException(
                    "source.%s must use the parameter %s".formatted(field, parameter));
        }
    }
}
