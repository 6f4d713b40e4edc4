package io.freshet.cdc.database;

import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what PostgreSQL's catalog says of tables. */
public final class Catalog {

    /**
     * Types whose text does not depend on the session or the version. Not numerics of a negative
     * scale, which the engine misreads.
     */
    private static final String[] WRITABLE_TYPES = {
        "bool",
        "int2",
        "int4",
        "int8",
        "numeric",
        "text",
        "varchar",
        "bpchar",
        "citext",
        "uuid",
        "date",
        "timestamp",
        "timestamptz"
    };

    private static final String FULL = "f";
    private static final String STORED = "s";

    private static final String TABLE =
            """
            SELECT c.oid, c.relkind::text, c.relpersistence::text, c.relreplident::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?
            """;

    /**
     * Domains are followed to the type below them; one over char(n) loses what it trims. Texts of a
     * collation that is not deterministic may be equal though they differ.
     */
    private static final String COLUMNS =
            """
            WITH RECURSIVE typed AS (
                SELECT a.attname, a.attnum, a.atttypid AS type, false AS domain,
                       a.attcollation AS collation, a.attgenerated::text AS generated,
                       format_type(a.atttypid, a.atttypmod) AS written,
                       format_type(a.atttypid, a.atttypmod) AS below
                FROM pg_attribute a
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT c.attname, c.attnum, t.typbasetype, true, c.collation, c.generated, c.written,
                       format_type(t.typbasetype, t.typtypmod)
                FROM typed c JOIN pg_type t ON t.oid = c.type WHERE t.typtype = 'd')
            SELECT c.attname, c.written,
                   t.typtype = 'e'
                   OR t.typname = ANY (?)
                      AND NOT (c.domain AND t.typname = 'bpchar')
                      AND NOT (t.typname = 'numeric' AND c.below LIKE '%,-%'),
                   t.typname, t.typtype = 'e',
                   NOT EXISTS (SELECT FROM pg_collation l
                               WHERE l.oid = c.collation AND NOT l.collisdeterministic),
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
                         ORDER BY e.enumsortorder),
                   c.generated
            FROM typed c JOIN pg_type t ON t.oid = c.type
            WHERE t.typtype <> 'd'
            ORDER BY c.attnum
            """;

    /**
     * Columns that an index only includes stand behind those of its key; the log has none of them.
     */
    private static final String KEY_COLUMNS =
            """
            SELECT a.attname, i.indisprimary,
                   i.indimmediate AND i.indisvalid
                   AND CASE ? WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END
            FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
            WHERE i.indrelid = ?
                  AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
            """;

    private static final String LEAVES =
            """
            SELECT t.relid::regclass::text, c.relreplident::text
            FROM pg_partition_tree(?::oid::regclass) t JOIN pg_class c ON c.oid = t.relid
            WHERE t.isleaf ORDER BY 1
            """;

    private record Keys(Set<String> primary, Set<String> identity) {}

    private final Connection connection;

    public Catalog(Connection connection) {
        this.connection = connection;
    }

    /** Reads those that there are. */
    public Map<TableName, TableShape> tables(Set<TableName> names) throws SQLException {
        var tables = new LinkedHashMap<TableName, TableShape>();
        for (TableName name : names) {
            TableShape table = table(name);
            if (table != null) {
                tables.put(name, table);
            }
        }
        return tables;
    }

    /** Reads one table; null when there is none of this name. */
    public @Nullable TableShape table(TableName name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLE)) {
            query.setString(1, name.schema());
            query.setString(2, name.table());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                long oid = row.getLong(1);
                Map<String, TableShape.Column> columns = columns(oid);
                Map<String, String> leaves =
                        row.getString(2).equals("p")
                                ? leaves(oid)
                                : Map.of(name.toString(), row.getString(4));
                String fault = fault(row.getString(2), row.getString(3));
                if (fault.isEmpty() && leaves.containsValue(FULL)) {
                    fault = faultOfWholeOldRows(columns);
                }
                boolean full = !leaves.isEmpty() && leaves.values().stream().allMatch(FULL::equals);
                Keys keys = keys(oid, row.getString(4));
                return new TableShape(
                        columns,
                        keys.primary(),
                        full ? columns.keySet() : keys.identity(),
                        List.copyOf(leaves.keySet()),
                        fault);
            }
        }
    }

    private Map<String, TableShape.Column> columns(long oid) throws SQLException {
        var columns = new LinkedHashMap<String, TableShape.Column>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, oid);
            query.setArray(2, connection.createArrayOf("text", WRITABLE_TYPES));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), column(row));
                }
            }
        }
        return columns;
    }

    private TableShape.Column column(ResultSet row) throws SQLException {
        boolean writable = row.getBoolean(3);
        boolean comparable = writable && row.getBoolean(6);
        return new TableShape.Column(
                row.getString(2),
                writable,
                comparable ? ColumnKind.of(row.getString(4), row.getBoolean(5)) : ColumnKind.OTHER,
                List.of((String[]) row.getArray(7).getArray()),
                isPublished(row.getString(8)));
    }

    private boolean isPublished(String generated) throws SQLException {
        return generated.isEmpty()
                || (generated.equals(STORED) && Publication.canHoldGeneratedColumns(connection));
    }

    private Keys keys(long oid, String identity) throws SQLException {
        var keys = new Keys(new HashSet<>(), new HashSet<>());
        try (PreparedStatement query = connection.prepareStatement(KEY_COLUMNS)) {
            query.setString(1, identity);
            query.setLong(2, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(2)) {
                        keys.primary().add(row.getString(1));
                    }
                    if (row.getBoolean(3)) {
                        keys.identity().add(row.getString(1));
                    }
                }
            }
        }
        return keys;
    }

    private Map<String, String> leaves(long oid) throws SQLException {
        var leaves = new LinkedHashMap<String, String>();
        try (PreparedStatement query = connection.prepareStatement(LEAVES)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    leaves.put(row.getString(1), row.getString(2));
                }
            }
        }
        return leaves;
    }

    /** A server that publishes generated columns refuses updates of rows that have others. */
    private String faultOfWholeOldRows(Map<String, TableShape.Column> columns) throws SQLException {
        if (!Publication.canHoldGeneratedColumns(connection)) {
            return "";
        }
        return columns.entrySet().stream()
                .filter(column -> !column.getValue().published())
                .map(column ->
                        ("it logs whole old rows, and its virtual column '%s' is never published, so"
                                        + " the database would refuse its UPDATEs and DELETEs: make the"
                                        + " column STORED, or run ALTER TABLE ... REPLICA IDENTITY"
                                        + " DEFAULT")
                                .formatted(column.getKey()))
                .findFirst()
                .orElse("");
    }

    private static String fault(String kind, String persistence) {
        if (!List.of("r", "p").contains(kind)) {
            return "it is not a table: name the table that holds the rows";
        }
        return persistence.equals("p")
                ? ""
                : "its changes are not logged: run ALTER TABLE ... SET LOGGED";
    }
}
