package io.freshet.engine.namespace;

import com.zaxxer.hikari.HikariDataSource;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** A database of the test's own, with the catalog's schema in it. */
final class CatalogDatabase {

    private CatalogDatabase() {}

    static HikariDataSource empty() {
        Database database = SharedServers.freshDatabase("catalog");
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.jdbcUrl());
        dataSource.setUsername(database.user());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(3);
        dataSource.setMinimumIdle(0);
        dataSource.setConnectionTimeout(1_000);
        return dataSource;
    }

    static HikariDataSource migrated() {
        HikariDataSource dataSource = empty();
        migrate(dataSource);
        return dataSource;
    }

    static void migrate(HikariDataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("freshet")
                .locations("classpath:db/migration/freshet")
                .load()
                .migrate();
    }

    static void execute(HikariDataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
