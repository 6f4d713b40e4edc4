package io.freshet.api.node;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the catalog, brought to the version that this build needs. */
final class Schema {

    private static final String CONNECTION_LOST = "08";
    private static final String SERVER_STOPS = "57";

    private final DataSource catalog;

    Schema(DataSource catalog) {
        this.catalog = catalog;
    }

    /** Migrates; several nodes may do so at once. */
    void migrate() throws Waiting.NotYetException {
        try (var connection = catalog.getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new Waiting.NotYetException(e);
        }
        try {
            Flyway.configure()
                    .dataSource(catalog)
                    .locations("classpath:db/migration/freshet")
                    .schemas("freshet")
                    // cdc-connector may have put its functions there before.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (isOfConnection(e)) {
                throw new Waiting.NotYetException(e);
            }
            throw e;
        }
    }

    private static boolean isOfConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().startsWith(CONNECTION_LOST)
                        || e.getSQLState().startsWith(SERVER_STOPS);
            }
        }
        return false;
    }
}
