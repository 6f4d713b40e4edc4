package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations as rows of {@code freshet.cache_namespaces}. */
final class NamespaceRows {

    static final String SELECT_ALL =
            """
            SELECT name, default_ttl, max_staleness_ms, on_stale, max_value_bytes,
                   put_without_token, source_database, source_sql, source_timeout_ms, source_tags
            FROM freshet.cache_namespaces
            """;

    private static final String UPSERT =
            """
            INSERT INTO freshet.cache_namespaces
                (name, default_ttl, max_staleness_ms, on_stale, max_value_bytes,
                 put_without_token, source_database, source_sql, source_timeout_ms, source_tags)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                default_ttl = excluded.default_ttl,
                max_staleness_ms = excluded.max_staleness_ms,
                on_stale = excluded.on_stale,
                max_value_bytes = excluded.max_value_bytes,
                put_without_token = excluded.put_without_token,
                source_database = excluded.source_database,
                source_sql = excluded.source_sql,
                source_timeout_ms = excluded.source_timeout_ms,
                source_tags = excluded.source_tags
            """;

    private NamespaceRows() {}

    /**
     * Reads the current row.
     *
     * @throws IllegalArgumentException when it says something that is not allowed
     */
    static NamespaceConfig read(ResultSet row) throws SQLException {
        return new NamespaceConfig(
                new Namespace(row.getString("name")),
                Duration.ofSeconds(row.getInt("default_ttl")),
                Duration.ofMillis(row.getLong("max_staleness_ms")),
                StalePolicy.valueOf(row.getString("on_stale")),
                row.getLong("max_value_bytes"),
                row.getBoolean("put_without_token"),
                readSource(row));
    }

    private static @Nullable SourceConfig readSource(ResultSet row) throws SQLException {
        String sql = row.getString("source_sql");
        return sql == null
                ? null
                : new SourceConfig(
                        row.getString("source_database"),
                        sql,
                        Duration.ofMillis(row.getLong("source_timeout_ms")),
                        List.of((String[]) row.getArray("source_tags").getArray()));
    }

    static void upsert(Connection connection, NamespaceConfig config) throws SQLException {
        SourceConfig source = config.source();
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setString(1, config.name().value());
            statement.setInt(2, Math.toIntExact(config.defaultTtl().toSeconds()));
            statement.setLong(3, config.maxStaleness().toMillis());
            statement.setString(4, config.onStale().name());
            statement.setLong(5, config.maxValueBytes());
            statement.setBoolean(6, config.putWithoutToken());
            statement.setString(7, source == null ? null : source.database());
            statement.setString(8, source == null ? null : source.sql());
            statement.setObject(9, source == null ? null : source.timeout().toMillis());
            statement.setArray(
                    10,
                    connection.createArrayOf(
                            "text", source == null ? new String[0] : source.tags().toArray()));
            statement.executeUpdate();
        }
    }
}
