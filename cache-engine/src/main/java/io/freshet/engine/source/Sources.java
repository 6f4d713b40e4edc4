package io.freshet.engine.source;

import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The sources of the namespaces, each built when first asked for and anew when it has changed. */
public final class Sources {

    private record Built(SourceConfig config, Source source) {}

    private static final String NO_HTTP = "source.url: HTTP sources cannot be read yet";

    private final SqlDatabases databases;
    private final Map<Namespace, Built> sources = new ConcurrentHashMap<>();

    public Sources(SqlDatabases databases) {
        this.databases = databases;
    }

    /**
     * The source of a namespace, or none. One whose configuration cannot work fails each load as
     * unavailable.
     */
    public Optional<Source> of(NamespaceConfig namespace) {
        return of(namespace, StandbyDemand.STRICTEST);
    }

    /**
     * As {@link #of(NamespaceConfig)}.
     *
     * @param demand what a standby must have replayed; the same at each call
     */
    public Optional<Source> of(NamespaceConfig namespace, StandbyDemand demand) {
        SourceConfig config = namespace.source();
        if (config == null) {
            return Optional.empty();
        }
        Built built = sources.get(namespace.name());
        if (built == null || !built.config.equals(config)) {
            built = new Built(config, build(namespace.name(), config, demand));
            sources.put(namespace.name(), built);
        }
        return Optional.of(built.source);
    }

    /** Shows what standbys do. */
    public void bindTo(MeterRegistry registry) {
        databases.bindTo(registry);
    }

    /** Forgets the source of a namespace that is gone. */
    public void forget(Namespace namespace) {
        sources.remove(namespace);
    }

    /**
     * Checks a source before its namespace is declared: the database is asked to prepare the query;
     * nothing is executed. Blocks.
     *
     * @throws InvalidSourceException when it cannot work
     * @throws SourceException when the database cannot be asked
     */
    public void validate(SourceConfig config) {
        switch (config) {
            case SqlSourceConfig sql -> validate(sql);
            case HttpSourceConfig _ -> throw new InvalidSourceException(NO_HTTP);
        }
    }

    private void validate(SqlSourceConfig config) {
        KeyedQuery query;
        try {
            query = KeyedQuery.parse(config.sql());
        } catch (IllegalArgumentException e) {
            throw new InvalidSourceException(String.valueOf(e.getMessage()));
        }
        SqlDatabase database =
                databases
                        .find(config.database())
                        .orElseThrow(() -> new InvalidSourceException(noDatabase(config)));
        Set<String> columns;
        try {
            columns = database.read(config.timeout(), connection -> describe(connection, query));
        } catch (SQLException e) {
            if (SqlFailure.isOfConnection(e)) {
                throw SqlFailure.of(database.name(), e);
            }
            throw new InvalidSourceException(
                    "source.sql is refused by '%s': %s: %s"
                            .formatted(database.name(), SqlFailure.text(e), SqlFailure.mend(e)));
        }
        for (String column : new RowTags(config.tags()).columns()) {
            if (!columns.contains(column)) {
                throw new InvalidSourceException(
                        "source.tags use {%s}, which source.sql does not select; it selects %s"
                                .formatted(column, columns));
            }
        }
    }

    private static Set<String> describe(Connection connection, KeyedQuery query)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.asTable())) {
            ResultSetMetaData row = statement.getMetaData();
            Set<String> columns = new HashSet<>();
            for (int i = 1; i <= row.getColumnCount(); i++) {
                if (!columns.add(row.getColumnLabel(i))) {
                    throw new InvalidSourceException(
                            "source.sql selects two columns named '%s': give one another name with AS"
                                    .formatted(row.getColumnLabel(i)));
                }
            }
            return columns;
        }
    }

    private Source build(Namespace namespace, SourceConfig config, StandbyDemand demand) {
        return switch (config) {
            case SqlSourceConfig sql -> build(namespace, sql, demand);
            case HttpSourceConfig _ -> failing(NO_HTTP);
        };
    }

    private Source build(Namespace namespace, SqlSourceConfig config, StandbyDemand demand) {
        Optional<SqlDatabase> database = databases.find(config.database());
        if (database.isEmpty()) {
            return failing(noDatabase(config));
        }
        try {
            return new SqlSource(
                    database.get(), config, (key, end) -> demand.of(namespace, key, end));
        } catch (IllegalArgumentException e) {
            return failing(String.valueOf(e.getMessage()));
        }
    }

    private String noDatabase(SqlSourceConfig config) {
        return "source.database '%s' is not configured; configured are %s"
                .formatted(config.database(), databases.names());
    }

    private static Source failing(String message) {
        return _ ->
                CompletableFuture.failedFuture(
                        new SourceException(SourceException.Reason.UNAVAILABLE, message, null));
    }
}
