package io.freshet.engine.source;

import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.source.http.HttpOrigins;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out whether the source of a namespace can work, and its queries for keys: the database
 * prepares them; nothing is executed. Blocks.
 */
record SourceValidation(SqlDatabases databases, HttpOrigins origins) {

    /**
     * Checks all of it.
     *
     * @throws InvalidSourceException when something cannot work
     * @throws SourceException when the database cannot be asked
     */
    void check(NamespaceConfig namespace) {
        switch (namespace.source()) {
            case SqlSourceConfig sql -> {
                SqlDatabase database =
                        databases
                                .find(sql.database())
                                .orElseThrow(
                                        () -> new InvalidSourceException(databases.unknown(sql)));
                check(sql, database);
                check(namespace.warming().queries(), database);
            }
            case HttpSourceConfig http -> origins.validate(http);
            case null -> {}
        }
    }

    private static void check(SqlSourceConfig config, SqlDatabase database) {
        KeyedQuery query;
        try {
            query = KeyedQuery.parse(config.sql());
            SqlStatement.upsert(config.upsert());
            SqlStatement.delete(config.delete());
        } catch (IllegalArgumentException e) {
            throw new InvalidSourceException(String.valueOf(e.getMessage()));
        }
        Set<String> columns;
        try {
            columns = database.read(config.timeout(), connection -> describe(connection, query));
        } catch (SQLException e) {
            throw SqlFailure.whenPrepared("source.sql", database.name(), e, SqlFailure.mend(e));
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

    private static void check(Map<String, String> queries, SqlDatabase database) {
        new TreeMap<>(queries)
                .forEach((name, sql) -> {
                    String field = "warm.queries." + name;
                    KeyQuery query;
                    try {
                        query = KeyQuery.parse(field, sql);
                    } catch (IllegalArgumentException e) {
                        throw new InvalidSourceException(String.valueOf(e.getMessage()));
                    }
                    query.validate(field, database);
                });
    }
}
