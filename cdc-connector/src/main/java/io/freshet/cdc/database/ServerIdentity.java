package io.freshet.cdc.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Which database this is, in time too: a promoted standby or a restored backup has another
 * timeline.
 *
 * @param system PostgreSQL's system identifier
 */
public record ServerIdentity(String system, int timeline, String database) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /**
     * Asks over the replication protocol, which shows that the user may replicate.
     *
     * @throws RefusedException when the server or the user is not fit for change capture
     * @throws SQLException when the server cannot be reached
     */
    public static ServerIdentity of(SourceDatabase database) throws SQLException {
        requireLogicalPrimary(database);
        try (Connection connection = database.connectForReplication();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new ServerIdentity(
                    row.getString("systemid"), row.getInt("timeline"), row.getString("dbname"));
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new RefusedException(
                        "user %s may not replicate: run ALTER ROLE \"%s\" REPLICATION as a superuser"
                                .formatted(database.user(), database.user()));
            }
            throw e;
        }
    }

    private static void requireLogicalPrimary(SourceDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT current_setting('wal_level'), pg_is_in_recovery(),"
                                        + " current_setting('server_version_num')::int")) {
            row.next();
            String walLevel = row.getString(1).toLowerCase(Locale.ROOT);
            if (row.getInt(3) < 140_000) {
                throw new RefusedException(
                        "the server is older than PostgreSQL 14, whose log carries no messages");
            }
            if (!walLevel.equals("logical")) {
                throw new RefusedException(
                        ("wal_level is %s: run ALTER SYSTEM SET wal_level = logical and restart the"
                                        + " server")
                                .formatted(walLevel));
            }
            if (row.getBoolean(2)) {
                throw new RefusedException(
                        "the server is a standby: set freshet.cdc.url to the primary");
            }
        }
    }
}
