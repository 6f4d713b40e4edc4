package io.freshet.cdc.database;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the catalog says of a table.
 *
 * @param columns each column's type as people write it, and whether it has a stable text
 * @param primaryKey its columns; empty without one
 * @param identity the columns whose old values the log has
 * @param logged the tables that hold the rows: itself, or its leaf partitions
 * @param fault why it cannot be published at all; empty when it can
 */
public record TableShape(
        Map<String, Column> columns,
        Set<String> primaryKey,
        Set<String> identity,
        List<String> logged,
        String fault) {

    /**
     * A column.
     *
     * @param type as people write it
     * @param writable whether its values can stand in a template
     * @param kind how its values can be compared in a condition
     * @param labels of an enum, in its order; else empty
     * @param published whether its values are told with each change; those of a virtual column
     *     never are, of a stored generated one from version 18 of the server on
     */
    public record Column(
            String type,
            boolean writable,
            ColumnKind kind,
            List<String> labels,
            boolean published) {

        public Column {
            labels = List.copyOf(labels);
        }
    }

    public TableShape {
        primaryKey = Set.copyOf(primaryKey);
        identity = Set.copyOf(identity);
        logged = List.copyOf(logged);
    }
}
