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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return KeyQuery.parse("the query for keys", query)
                .keys(
                        databases
                                .find(sql.database())
                                .orElseThrow(() ->
                                        new IllegalArgumentException(databases.unknown(sql))));
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
     * Checks the source of a namespace, and its queries for keys, before it is declared: the
     * database is asked to prepare them; nothing is executed. Blocks.
     *
     * @throws InvalidSourceException when one cannot work
     * @throws SourceException when the database cannot be asked
     */
    public void validate(NamespaceConfig namespace) {
        new SourceValidation(databases, origins).check(namespace);
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
            return failing(databases.unknown(config));
        }
        try {
            return new SqlSource(
                    database.get(), config, (key, end) -> demand.of(namespace, key, end));
        } catch (IllegalArgumentException e) {
            return failing(String.valueOf(e.getMessage()));
        }
    }

    private static Source failing(String message) {
        return _ ->
                CompletableFuture.failedFuture(
                        new SourceException(SourceException.Reason.UNAVAILABLE, message, null));
    }
}
