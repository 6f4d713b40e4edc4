package io.freshet.engine.source;

import java.util.List;

/**
 * A query with the parameter {@code :key}, as JDBC takes it: every occurrence outside quotes and
 * comments is a {@code ?}.
 *
 * <p>It is a single query, whole in itself: no semicolon, no unbalanced bracket, quote or comment,
 * so that it can stand between brackets as a derived table and cannot leave them.
 *
 * @param jdbc the query for JDBC
 * @param parameters how often the key is bound
 */
record KeyedQuery(String jdbc, int parameters) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException that says what is wrong and how to mend it
     */
    static KeyedQuery parse(String sql) {
        SqlStatement query = new SqlScan("source.sql", sql, List.of(SqlParameter.KEY)).scan();
        return new KeyedQuery(query.jdbc(), query.parameters().size());
    }

    /** The query with one row as one JSON text, made by the server. */
    String asJson() {
        return "SELECT row_to_json(q)::text FROM (\n" + jdbc + "\n) q";
    }

    /** The query as it is, to be described. */
    String asTable() {
        return "SELECT * FROM (\n" + jdbc + "\n) q";
    }
}
