package io.freshet.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void shouldMigrateASchemaThatChangeCaptureMadeBefore() throws Exception {
        // given
        Database database = SharedServers.freshDatabase("schema");
        try (var catalog = new HikariDataSource()) {
            catalog.setJdbcUrl(database.jdbcUrl());
            catalog.setUsername(database.user());
            catalog.setPassword(database.password());
            execute(database, "CREATE SCHEMA freshet");
            execute(database, "CREATE TABLE freshet.invalidated_namespaces (name text NOT NULL)");

            // when
            new Schema(catalog).migrate();
        }

        // then
        assertThat(rows(database, "freshet.cache_namespaces_version")).isEqualTo(1);
        assertThat(rows(database, "freshet.invalidated_namespaces")).isZero();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows(Database database, String table) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }
}
