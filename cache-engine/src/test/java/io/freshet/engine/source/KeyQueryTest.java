package io.freshet.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.freshet.engine.namespace.Warming;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F1: queries for keys, {@code warm.queries}, on a real PostgreSQL. */
class KeyQueryTest {

    private static SqlDatabases databases;
    private static Sources sources;

    @BeforeAll
    static void createDatabase() throws SQLException {
        Database database = SharedServers.freshDatabase("keys");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE cities (id bigint, name text, population bigint);
                    INSERT INTO cities VALUES
                        (1, 'Lima', 10), (2, 'Paris', 30), (3, 'Rome', 20), (NULL, 'Atlantis', 40)
                    """);
        }
        databases =
                new SqlDatabases(
                        Map.of(
                                "primary",
                                new SqlDatabaseOptions(
                                        database.jdbcUrl(),
                                        database.user(),
                                        database.password(),
                                        2)));
        sources = new Sources(databases);
    }

    @AfterAll
    static void closeDatabases() {
        databases.close();
    }

    @Test
    void shouldAnswerTheKeysInTheOrderOfTheRows() {
        String sql = "SELECT id, name FROM cities WHERE population >= 20 ORDER BY population DESC";

        List<EntryKey> keys = sources.keys(cities(sql), sql);

        assertThat(keys).containsExactly(new EntryKey("2"), new EntryKey("3"));
    }

    @Test
    void shouldFindNothingWrongWithAGoodQuery() {
        sources.validate(cities("SELECT id FROM cities WHERE name ~ '^[A-Z]:?'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT id FROM towns                 | warm.queries.large is refused by 'primary': ERROR: relation "towns" does not exist: name the table with its schema
                    SELECT idd FROM cities               | column "idd" does not exist: check the names
                    SELECT id FROM cities WHERE name = 1 | operator does not exist: text = integer: it has no parameters
                    SELEC id                             | warm.queries.large is refused by 'primary': ERROR: syntax error
                    SELECT 1; SELECT 2                   | warm.queries.large must be one statement without ';'
                    DELETE FROM cities                   | warm.queries.large answers no rows
                    """)
    void shouldSayWhatIsWrongWithAQuery(String sql, String message) {
        assertThatThrownBy(() -> sources.validate(cities(sql)))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessageContaining(message);
    }

    private static NamespaceConfig cities(String query) {
        return NamespaceConfig.builder(new Namespace("cities"))
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT * FROM cities WHERE id = CAST(:key AS bigint)",
                                Duration.ofSeconds(5),
                                List.of()))
                .warming(new Warming(0, null, 0, 0, 0, Map.of("large", query)))
                .build();
    }
}
