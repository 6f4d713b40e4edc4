package io.freshet.infra.local.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/**
 * The demo's tables: made and filled in one transaction, once; what a user changes in them
 * afterwards stays.
 */
final class DemoTables {
    private DemoTables() {}

    /** Opens a connection to the database that is to hold the tables. */
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    static void load(Source source) throws SQLException {
        try (Connection connection = source.open()) {
            if (exist(connection)) {
                return;
            }
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement();
                    InputStream schema = resource("schema.sql");
                    InputStream countries = resource("countries.csv");
                    InputStream cities = new GZIPInputStream(resource("cities.csv.gz"))) {
                statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
                copy(connection, "countries (code, name, continent)", countries);
                copy(
                        connection,
                        "cities (id, name, country_code, admin_code, population, latitude, longitude)",
                        cities);
                statement.execute("ANALYZE public.countries, public.cities");
            }
            connection.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exist(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT to_regclass('public.cities') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void copy(Connection connection, String columns, InputStream rows)
            throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY public." + columns + " FROM STDIN (FORMAT csv, HEADER true)", rows);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DemoTables.class.getResourceAsStream("/demo/" + name), name);
    }
}
