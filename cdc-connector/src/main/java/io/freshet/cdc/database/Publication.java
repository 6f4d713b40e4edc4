package io.freshet.cdc.database;

import io.freshet.cdc.rule.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The publication: exactly the rules' tables, all operations, whole rows. Owned by Freshet. */
public final class Publication {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String OPTIONS =
            "publish = 'insert, update, delete, truncate', publish_via_partition_root = true";

    /**
     * From version 18 on the server refuses updates of a table that logs whole old rows and has
     * stored columns that are generated and not published.
     */
    private static final String GENERATED_COLUMNS = ", publish_generated_columns = stored";

    private static final int WITH_GENERATED_COLUMNS = 18;

    private static final String SETTINGS =
            """
            SELECT p.puballtables,
                   p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate AND p.pubviaroot
                   AND (coalesce(to_jsonb(p) ->> 'pubgencols', 's') = 's' OR NOT EXISTS (
                       SELECT FROM pg_publication_tables t
                       JOIN pg_namespace n ON n.nspname = t.schemaname
                       JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
                       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attgenerated = 's'
                       WHERE t.pubname = p.pubname))
            FROM pg_publication p WHERE p.pubname = ?
            """;

    /** Tables with a row filter or a column list of their own do not count: they are cut. */
    private static final String TABLES =
            """
            SELECT n.nspname, c.relname
            FROM pg_publication p
            JOIN pg_publication_rel r ON r.prpubid = p.oid
            JOIN pg_class c ON c.oid = r.prrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ?
              AND to_jsonb(r) ->> 'prqual' IS NULL
              AND to_jsonb(r) ->> 'prattrs' IS NULL
            """;

    private final Connection connection;
    private final String name;

    public Publication(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** What a publication was found to be. */
    public sealed interface Found {

        record Absent() implements Found {}

        /**
         * It is there.
         *
         * @param tables those that it publishes whole
         * @param complete whether it publishes every operation, under the root's name
         */
        record Present(Set<TableName> tables, boolean complete) implements Found {}
    }

    /**
     * Looks it up.
     *
     * @throws RefusedException when it publishes all tables, which cannot be narrowed
     */
    public Found find() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SETTINGS)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return new Found.Absent();
                }
                if (row.getBoolean(1)) {
                    throw new RefusedException(
                            ("publication %s is FOR ALL TABLES: run DROP PUBLICATION %s, or set"
                                            + " freshet.cdc.publication to another name")
                                    .formatted(name, name));
                }
                return new Found.Present(tables(), row.getBoolean(2));
            }
        }
    }

    /**
     * Makes it publish exactly these tables.
     *
     * @return the tables that it did not publish before
     * @throws RefusedException when the user may not, with the statement for somebody who may
     */
    public Set<TableName> ensure(Set<TableName> tables) throws SQLException {
        String list =
                tables.stream().sorted().map(TableName::quoted).collect(Collectors.joining(", "));
        switch (find()) {
            case Found.Absent _ -> {
                execute("CREATE PUBLICATION %s FOR TABLE %s WITH (%s)", list, options());
                return tables;
            }
            case Found.Present(var published, boolean complete) -> {
                if (!complete) {
                    execute("ALTER PUBLICATION %s SET (%s)", options());
                }
                if (!published.equals(tables)) {
                    execute("ALTER PUBLICATION %s SET TABLE %s", list);
                }
                var added = new TreeSet<>(tables);
                if (complete) {
                    added.removeAll(published);
                }
                return added;
            }
        }
    }

    /** Whether the server can publish generated columns, those that are stored. */
    static boolean canHoldGeneratedColumns(Connection to) throws SQLException {
        return to.getMetaData().getDatabaseMajorVersion() >= WITH_GENERATED_COLUMNS;
    }

    private String options() throws SQLException {
        return canHoldGeneratedColumns(connection) ? OPTIONS + GENERATED_COLUMNS : OPTIONS;
    }

    private Set<TableName> tables() throws SQLException {
        var tables = new TreeSet<TableName>();
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.add(new TableName(row.getString(1), row.getString(2)));
                }
            }
        }
        return tables;
    }

    private void execute(String template, String... parts) throws SQLException {
        var arguments = new Object[parts.length + 1];
        arguments[0] = name;
        System.arraycopy(parts, 0, arguments, 1, parts.length);
        String sql = template.formatted(arguments);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new RefusedException(
                        "the user may not set up publication %s (%s): as the tables' owner run %s"
                                .formatted(name, e.getMessage(), sql));
            }
            throw e;
        }
    }
}
