package io.freshet.engine.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with parameters, as JDBC takes it.
 *
 * @param parameters in the order in which they are bound
 */
record SqlStatement(String jdbc, List<SqlParameter> parameters) {

    SqlStatement {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a statement that writes a value; null for none.
     *
     * @throws IllegalArgumentException that says what is wrong and how to mend it
     */
    static @Nullable SqlStatement upsert(@Nullable String sql) {
        return sql == null
                ? null
                : new SqlScan("source.upsert", sql, List.of(SqlParameter.KEY, SqlParameter.VALUE))
                        .scan();
    }

    /** Likewise one that deletes a key. */
    static @Nullable SqlStatement delete(@Nullable String sql) {
        return sql == null
                ? null
                : new SqlScan("source.delete", sql, List.of(SqlParameter.KEY)).scan();
    }
}
