package io.freshet.engine.source;

import io.freshet.engine.namespace.SqlSourceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The databases that sources may name. Thread-safe; opens no connection before one is needed. */
public final class SqlDatabases implements AutoCloseable {

    private final Map<String, SqlDatabase> databases = new TreeMap<>();

    public SqlDatabases(Map<String, SqlDatabaseOptions> options) {
        options.forEach((name, of) -> databases.put(name, new SqlDatabase(name, of)));
    }

    Optional<SqlDatabase> find(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    /** What to say of a source whose database is none of these. */
    String unknown(SqlSourceConfig config) {
        return "source.database '%s' is not configured; configured are %s"
                .formatted(config.database(), databases.keySet());
    }

    void bindTo(MeterRegistry registry) {
        databases.forEach((name, database) -> {
            Standby standby = database.standby();
            if (standby != null) {
                standby.bindTo(registry, name);
            }
        });
    }

    @Override
    public void close() {
        databases.values().forEach(SqlDatabase::close);
    }
}
