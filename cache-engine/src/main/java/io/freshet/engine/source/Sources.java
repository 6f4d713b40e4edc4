package io.freshet.engine.source;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SourceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.resilience.CircuitState;
import io.freshet.engine.resilience.Guard;
import io.freshet.engine.resilience.GuardOptions;
import io.freshet.engine.source.http.HttpOptions;
import io.freshet.engine.source.http.HttpOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sources of the namespaces, each built when first asked for and anew when it has changed. */
public final class Sources {

    /** What a source is made of. */
    private record Made(SourceConfig config, long maxValueBytes) {

        static @Nullable Made of(NamespaceConfig namespace) {
            SourceConfig config = namespace.source();
            return config == null ? null : new Made(config, namespace.maxValueBytes());
        }
    }

    private record Built(Made of, Source source, Guard guard, Optional<GuardedWriter> writer) {}

    private final SqlDatabases databases;
    private final HttpOrigins origins;
    private final GuardOptions guards;
    private final SourceMeters meters = new SourceMeters();
    private final Map<Namespace, Built> sources = new ConcurrentHashMap<>();

    /** With the default guards, and no web service. */
    public Sources(SqlDatabases databases) {
        this(databases, new HttpOrigins(HttpOptions.NONE), GuardOptions.SOURCE);
    }

    /**
     * @param guards of every source, each its own
     */
    public Sources(SqlDatabases databases, HttpOrigins origins, GuardOptions guards) {
        this.databases = databases;
        this.origins = origins;
        this.guards = guards;
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
        Made of = Made.of(namespace);
        return of == null
                ? Optional.empty()
                : Optional.of(built(namespace.name(), of, demand).source);
    }

    /** What writes the source of a namespace; none where it is only read. */
    public Optional<SourceWriter> writerOf(NamespaceConfig namespace, StandbyDemand demand) {
        Made of = Made.of(namespace);
        return of == null
                ? Optional.empty()
                : built(namespace.name(), of, demand).writer.map(writer -> writer);
    }

    private Built built(Namespace namespace, Made of, StandbyDemand demand) {
        Built built = sources.get(namespace);
        if (built == null || !built.of.equals(of)) {
            built =
                    sources.compute(
                            namespace,
                            (name, before) ->
                                    before != null && before.of.equals(of)
                                            ? before
                                            : guarded(name, of, demand));
        }
        return built;
    }

    private Built guarded(Namespace namespace, Made of, StandbyDemand demand) {
        Duration timeout = of.config.timeout();
        var guard =
                new Guard(
                        "the source of '" + namespace + "'",
                        new GuardOptions(
                                guards.circuit().slowFrom(timeout.dividedBy(2)),
                                guards.concurrency(),
                                guards.queue()),
                        GuardedSource::isFault);
        meters.bind(namespace, guard);
        var source = new GuardedSource(build(namespace, of, demand), guard, timeout);
        return new Built(of, source, guard, writer(namespace, of.config));
    }

    private Optional<GuardedWriter> writer(Namespace namespace, SourceConfig config) {
        if (!(config instanceof SqlSourceConfig sql) || sql.upsert() == null) {
            return Optional.empty();
        }
        var guard =
                new Guard(
                        "writing the source of '" + namespace + "'",
                        guards,
                        GuardedSource::isFault);
        return databases
                .find(sql.database())
                .map(database ->
                        new GuardedWriter(
                                new SqlWriter(
                                        namespace,
                                        database.name(),
                                        database.writers(),
                                        sql.timeout(),
                                        SqlStatement.upsert(sql.upsert()),
                                        SqlStatement.delete(sql.delete())),
                                guard,
                                sql.timeout()));
    }

    /**
     * The keys that a query of a namespace with a SQL source names, in the order of its rows; at
     * most a million. Blocks.
     *
     * @throws IllegalArgumentException when it is no such query
     * @throws SourceException when the source does not answer
     */
    public List<EntryKey> keys(NamespaceConfig namespace, String query) {
        if (!(namespace.source() instanceof SqlSourceConfig sql)) {
            throw new IllegalArgumentException("only a SQL source can be asked for keys");
        }
        return KeyQuery.parse(query)
                .keys(
                        databases
                                .find(sql.database())
                                .orElseThrow(() -> new IllegalArgumentException(noDatabase(sql))));
    }

    /** Shows what standbys and guards do. */
    public void bindTo(MeterRegistry registry) {
        databases.bindTo(registry);
        meters.showIn(registry);
    }

    /** The circuits of the sources that have been asked for. */
    public Map<Namespace, CircuitState> circuits() {
        var states = new TreeMap<Namespace, CircuitState>(Comparator.comparing(Namespace::value));
        sources.forEach((namespace, built) -> states.put(namespace, built.guard.state()));
        return states;
    }

    /** Those of what writes them, apart from reading. */
    public Map<Namespace, CircuitState> writerCircuits() {
        var states = new TreeMap<Namespace, CircuitState>(Comparator.comparing(Namespace::value));
        sources.forEach((namespace, built) ->
                built.writer.ifPresent(writer -> states.put(namespace, writer.guard().state())));
        return states;
    }

    /** Forgets the source of a namespace that is gone. */
    public void forget(Namespace namespace) {
        sources.remove(namespace);
        meters.remove(namespace);
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
            case HttpSourceConfig http -> origins.validate(http);
        }
    }

    private void validate(SqlSourceConfig config) {
        KeyedQuery query;
        try {
            query = KeyedQuery.parse(config.sql());
            SqlStatement.upsert(config.upsert());
            SqlStatement.delete(config.delete());
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

    private Source build(Namespace namespace, Made of, StandbyDemand demand) {
        return switch (of.config) {
            case SqlSourceConfig sql -> build(namespace, sql, demand);
            case HttpSourceConfig http -> build(http, of.maxValueBytes);
        };
    }

    private Source build(HttpSourceConfig config, long maxValueBytes) {
        try {
            return origins.source(config, maxValueBytes);
        } catch (InvalidSourceException e) {
            return failing(String.valueOf(e.getMessage()));
        }
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
