package io.freshet.engine.namespace;

import io.freshet.contracts.id.Namespace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Configurations as rows of {@code freshet.cache_namespaces}. */
final class NamespaceRows {

    private static final String COLUMNS =
            """
            name, default_ttl, ttl_jitter, max_staleness_ms, on_stale, max_entries, max_bytes,
            eviction_policy, max_value_bytes, refresh, write_policy, put_without_token, source,
            classes, warm
            """;

    static final String SELECT_ALL = "SELECT " + COLUMNS + " FROM freshet.cache_namespaces";

    private static final String UPSERT =
            "INSERT INTO freshet.cache_namespaces ("
                    + COLUMNS
                    + """
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?::jsonb,
                        ?::jsonb)
                    ON CONFLICT (name) DO UPDATE SET
                        default_ttl = excluded.default_ttl,
                        ttl_jitter = excluded.ttl_jitter,
                        max_staleness_ms = excluded.max_staleness_ms,
                        on_stale = excluded.on_stale,
                        max_entries = excluded.max_entries,
                        max_bytes = excluded.max_bytes,
                        eviction_policy = excluded.eviction_policy,
                        max_value_bytes = excluded.max_value_bytes,
                        refresh = excluded.refresh,
                        write_policy = excluded.write_policy,
                        put_without_token = excluded.put_without_token,
                        source = excluded.source,
                        classes = excluded.classes,
                        warm = excluded.warm
                    """;

    private NamespaceRows() {}

    /**
     * Reads the current row.
     *
     * @throws IllegalArgumentException when it says something that is not allowed
     */
    static NamespaceConfig read(ResultSet row) throws SQLException {
        Refresh refresh = NamespaceDocument.readRefresh(row.getString("refresh"));
        return new NamespaceConfig(
                new Namespace(row.getString("name")),
                Duration.ofSeconds(row.getInt("default_ttl")),
                row.getInt("ttl_jitter"),
                new ConsistencyWindow(
                        Duration.ofMillis(row.getLong("max_staleness_ms")),
                        StalePolicy.valueOf(row.getString("on_stale"))),
                new Bounds(
                        row.getLong("max_entries"),
                        row.getLong("max_bytes"),
                        EvictionPolicy.valueOf(row.getString("eviction_policy")),
                        row.getLong("max_value_bytes")),
                refresh == null ? Refresh.DEFAULT : refresh,
                WritePolicy.valueOf(row.getString("write_policy")),
                row.getBoolean("put_without_token"),
                NamespaceDocument.readSource(row.getString("source")),
                NamespaceDocument.readClasses(row.getString("classes")),
                NamespaceDocument.readWarming(row.getString("warm")));
    }

    static void upsert(Connection connection, NamespaceConfig config) throws SQLException {
        SourceConfig source = config.source();
        Bounds bounds = config.bounds();
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setString(1, config.name().value());
            statement.setInt(2, Math.toIntExact(config.defaultTtl().toSeconds()));
            statement.setInt(3, config.ttlJitter());
            statement.setLong(4, config.maxStaleness().toMillis());
            statement.setString(5, config.onStale().name());
            statement.setLong(6, bounds.maxEntries());
            statement.setLong(7, bounds.maxBytes());
            statement.setString(8, bounds.policy().name());
            statement.setLong(9, bounds.maxValueBytes());
            statement.setString(
                    10,
                    config.refresh().equals(Refresh.DEFAULT)
                            ? null
                            : NamespaceDocument.write(config.refresh()));
            statement.setString(11, config.writePolicy().name());
            statement.setBoolean(12, config.putWithoutToken());
            statement.setString(13, source == null ? null : NamespaceDocument.write(source));
            statement.setString(14, NamespaceDocument.write(config.classes()));
            statement.setString(
                    15,
                    config.warming().equals(Warming.DEFAULT)
                            ? null
                            : NamespaceDocument.write(config.warming()));
            statement.executeUpdate();
        }
    }

    static boolean delete(Connection connection, Namespace name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM freshet.cache_namespaces WHERE name = ?")) {
            statement.setString(1, name.value());
            return statement.executeUpdate() > 0;
        }
    }
}
