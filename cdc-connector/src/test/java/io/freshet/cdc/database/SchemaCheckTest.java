package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.rule.TableName;
import io.freshet.infra.servers.Database;
import io.freshet.infra.servers.SharedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules against tables of a real catalog. */
class SchemaCheckTest {

    private static Database database;

    @BeforeAll
    static void createTables() throws SQLException {
        database = SharedServers.freshDatabase("schema");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE plain (id int PRIMARY KEY, name text, price float8, tags text[])");
            statement.execute("CREATE TABLE logged (id int PRIMARY KEY, name text)");
            statement.execute("ALTER TABLE logged REPLICA IDENTITY FULL");
            statement.execute("CREATE TABLE keyless (id int)");
            statement.execute("CREATE TABLE indexed (id int PRIMARY KEY, code text NOT NULL)");
            statement.execute("CREATE UNIQUE INDEX by_code ON indexed (code)");
            statement.execute("ALTER TABLE indexed REPLICA IDENTITY USING INDEX by_code");
            statement.execute(
                    "CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
            statement.execute("CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY)");
            statement.execute("CREATE VIEW seen AS SELECT * FROM plain");
            statement.execute(
                    "CREATE TABLE parts (id int, name text, PRIMARY KEY (id))"
                            + " PARTITION BY RANGE (id)");
            statement.execute("CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10)");
            statement.execute("CREATE TABLE part2 PARTITION OF parts FOR VALUES FROM (10) TO (20)");
            statement.execute("ALTER TABLE part1 REPLICA IDENTITY FULL");
            statement.execute("CREATE DOMAIN padded AS char(4)");
            statement.execute("CREATE TABLE domained (id padded PRIMARY KEY)");
            statement.execute("CREATE TABLE rounded (id numeric(5,-2) PRIMARY KEY)");
        }
    }

    @Test
    void shouldFindNothingWrongWithKeysOfThePrimaryKey() throws SQLException {
        assertThat(problems("public.plain", "keys: ['{id}']")).isEmpty();
        assertThat(problems("public.parts", "keys: ['{id}']")).isEmpty();
        assertThat(problems("public.indexed", "keys: ['{code}']")).isEmpty();
        assertThat(problems("public.logged", "keys: ['{name}'], columns: [name]")).isEmpty();
    }

    @Test
    void shouldFindNothingWrongWithOtherColumnsWhenOldRowsDoNotMatter() throws SQLException {
        assertThat(problems("public.plain", "keys: ['{name}'], operations: [insert]")).isEmpty();
    }

    @Test
    void shouldNameTheTableThatIsMissing() throws SQLException {
        assertThat(problems("public.absent", "keys: ['{id}']"))
                .containsExactly(
                        "rule 'r': there is no table public.absent: create it, or correct"
                                + " 'table'");
    }

    @Test
    void shouldNameTheColumnThatIsMissing() throws SQLException {
        assertThat(problems("public.logged", "keys: ['{id}:{nam}']"))
                .containsExactly(
                        "rule 'r': table public.logged has no column 'nam'; it has id, name");
    }

    @Test
    void shouldNameTheColumnWhoseTypeHasNoStableText() throws SQLException {
        assertThat(problems("public.plain", "keys: ['{price}'], operations: [insert]"))
                .singleElement()
                .asString()
                .contains("column 'price' of table public.plain", "type double precision");
        assertThat(problems("public.plain", "tags: ['{tags}'], operations: [insert]"))
                .singleElement()
                .asString()
                .contains("type text[]");
        assertThat(problems("public.domained", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("type padded");
        assertThat(problems("public.rounded", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("type numeric(5,-2)");
    }

    @Test
    void shouldNameTheStatementThatLogsOldRows() throws SQLException {
        assertThat(problems("public.plain", "keys: ['{id}'], columns: [name]"))
                .containsExactly(
                        "rule 'r' reads old values of name, which table public.plain does not log:"
                                + " run ALTER TABLE public.plain REPLICA IDENTITY FULL;");
        assertThat(problems("public.indexed", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("reads old values of id");
        assertThat(problems("public.parts", "keys: ['{name}']"))
                .singleElement()
                .asString()
                .contains(
                        "run ALTER TABLE part1 REPLICA IDENTITY FULL; ALTER TABLE part2 REPLICA"
                                + " IDENTITY FULL;");
    }

    @Test
    void shouldRefuseTablesThatCannotBeCaptured() throws SQLException {
        assertThat(problems("public.keyless", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("has no primary key");
        assertThat(problems("public.deferred", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("has no primary key");
        assertThat(problems("public.unlogged", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("SET LOGGED");
        assertThat(problems("public.seen", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("it is not a table");
    }

    private static List<String> problems(String table, String fields) throws SQLException {
        Rules rules =
                RulesFile.parse(
                        "{version: 1, rules: [{name: r, table: %s, namespace: n, %s}]}"
                                .formatted(table, fields));
        Map<TableName, TableShape> shapes = new HashMap<>();
        try (Connection connection = database.connect()) {
            for (TableName name : rules.tables()) {
                TableShape shape = new Catalog(connection).table(name);
                if (shape != null) {
                    shapes.put(name, shape);
                }
            }
        }
        return SchemaCheck.problems(rules, shapes);
    }
}
