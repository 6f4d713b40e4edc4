package io.freshet.cdc.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of the schema {@code freshet} with which SQL invalidates, as part of its
 * transaction.
 *
 * <p>Capture does without them: a user who may not install them is told so in the log.
 */
public final class InvalidationFunctions {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidationFunctions.class);

    /** What marks their messages; the content is an event of the public contract. */
    public static final String PREFIX = "freshet.invalidation";

    /** The script that installs them, for people who do it by hand. */
    static final String SCRIPT = "invalidation-functions.sql";

    /** What the script calls itself, in a comment on a function. */
    static final int VERSION = 2;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String ONE_AT_A_TIME =
            "SELECT pg_advisory_xact_lock(hashtext('freshet.invalidation'))";
    private static final String INSTALLED =
            """
            SELECT coalesce(max(substring(obj_description(p.oid, 'pg_proc')
                                          FROM 'version ([0-9]{1,9})$')::int), 0)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'freshet' AND p.proname = 'emit_invalidation'
            """;

    /** No row: they are not installed. */
    private static final String MAY_READ =
            """
            SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'freshet' AND c.relname = 'invalidated_namespaces'
            """;

    private final Connection connection;

    /**
     * @param connection in autocommit mode
     */
    public InvalidationFunctions(Connection connection) {
        this.connection = connection;
    }

    /** Installs them unless they are there in this version or a later one. */
    public void install() throws SQLException {
        if (installed() >= VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
            statement.execute(script());
            connection.commit();
            LOG.atInfo().addKeyValue("version", VERSION).log("invalidation functions installed");
        } catch (SQLException e) {
            connection.rollback();
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "the user may not install the functions that invalidate from SQL: run {}"
                                    + " as somebody who may create the schema freshet, or do without",
                            SCRIPT);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /**
     * The namespaces that they have ever been called with, in transactions that committed.
     *
     * @throws RefusedException when they are installed and the user may not know
     */
    public Set<Namespace> calledWith() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return mayRead(statement) ? read(statement) : Set.of();
        }
    }

    private int installed() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(INSTALLED)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean mayRead(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(MAY_READ)) {
            if (!row.next()) {
                return false;
            }
            if (!row.getBoolean(1)) {
                throw new RefusedException(
                        "the user may not read which namespaces are invalidated from SQL: run GRANT"
                                + " USAGE ON SCHEMA freshet and GRANT SELECT ON"
                                + " freshet.invalidated_namespaces for it");
            }
            return true;
        }
    }

    private static Set<Namespace> read(Statement statement) throws SQLException {
        var namespaces = new TreeSet<Namespace>();
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT DISTINCT name FROM freshet.invalidated_namespaces")) {
            while (row.next()) {
                namespaces.add(new Namespace(row.getString(1)));
            }
        }
        return namespaces;
    }

    static String script() {
        try (var in = InvalidationFunctions.class.getResourceAsStream(SCRIPT)) {
            return new String(requireNonNull(in, SCRIPT).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
