package io.freshet.cdc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    "CREATE TABLE covering (id int, name text, PRIMARY KEY (id) INCLUDE (name))");
            statement.execute(
                    "CREATE TABLE covering_code (id int PRIMARY KEY, code text NOT NULL,"
                            + " name text NOT NULL)");
            statement.execute(
                    "CREATE UNIQUE INDEX covering_by_code ON covering_code (code) INCLUDE (name)");
            statement.execute(
                    "ALTER TABLE covering_code REPLICA IDENTITY USING INDEX covering_by_code");
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
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
            statement.execute(
                    "CREATE COLLATION folded (provider = icu, locale = 'und', deterministic = false)");
            statement.execute(
                    """
                    CREATE TABLE typed (
                        id int PRIMARY KEY, b boolean, n numeric, t text, c char(3), m mood, u uuid,
                        d date, s timestamp, z timestamptz, f text COLLATE folded, r real, j jsonb)
                    """);
            statement.execute("ALTER TABLE typed REPLICA IDENTITY FULL");
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

    @ParameterizedTest
    @CsvSource({"public.covering, id", "public.covering_code, code"})
    void shouldNotTakeColumnsThatAnIndexOnlyIncludesForLogged(String table, String key)
            throws SQLException {
        assertThat(problems(table, "keys: ['{%s}']".formatted(key))).isEmpty();
        assertThat(problems(table, "keys: ['{%s}:{name}']".formatted(key)))
                .containsExactly(
                        ("rule 'r' reads old values of name, which table %1$s does not log:"
                                        + " run ALTER TABLE %1$s REPLICA IDENTITY FULL;")
                                .formatted(table));
    }

    @Test
    void shouldNotTakeColumnsThatThePrimaryKeyOnlyIncludesForThoseOfTheKey() throws SQLException {
        try (Connection connection = database.connect()) {
            TableShape covering = new Catalog(connection).table(TableName.parse("public.covering"));

            assertThat(covering).extracting(TableShape::primaryKey).isEqualTo(Set.of("id"));
        }
    }

    @Test
    void shouldNameTheColumnOfAConditionThatIsMissingOrNotLogged() throws SQLException {
        assertThat(problems("public.plain", "keys: ['{id}'], when: 'nam is null'"))
                .containsExactly(
                        "rule 'r': table public.plain has no column 'nam'; it has id, name, price,"
                                + " tags");
        assertThat(problems("public.plain", "keys: ['{id}'], when: 'name is null'"))
                .containsExactly(
                        "rule 'r' reads old values of name, which table public.plain does not log:"
                                + " run ALTER TABLE public.plain REPLICA IDENTITY FULL;");
        assertThat(problems("public.plain", "keys: ['{id}'], when: 'new.name is null'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b and not b or b = false",
                "n > 1.5 and id in (1, 2)",
                "t = 'x' or old.t <> new.t or c = 'ab'",
                "m = 'sad' or m in ('happy')",
                "u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                "d < '2026-03-01' or s >= '2026-03-01 12:00:00.5' or z = '2026-03-01 12:00:00+00'",
                "old.n < new.n or old.r <> new.r or old.j <> new.j or j is null"
            })
    void shouldFindNothingWrongWithConditionsThatFitTheColumns(String when) throws SQLException {
        assertThat(conditionProblems(when)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    n = '5'         | column 'n' of table public.typed, of type numeric, is compared with a number
                    t = 5           | column 't' of table public.typed, of type text, is compared with a 'text'
                    t > 'a'         | of type text, has no order here: use =, <> or in
                    t               | 'when' has t = true, but column 't'
                    c = 'ab '       | of type character(3), is compared with a 'text' that does not end with a space
                    m = 'angry'     | of type mood, has the labels sad, happy
                    m < 'happy'     | of type mood, has no order here
                    u = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' | of type uuid, is compared with a uuid in small letters
                    d = '1.3.2026'  | of type date, is compared with a date, such as '2026-03-01'
                    s = '2026-03-01 12:00:00.50' | is compared with a time, such as '2026-03-01 12:00:00'
                    z = '2026-03-01 12:00:00' | is compared with a time in UTC
                    f = 'x'         | column 'f' of table public.typed, of type text, cannot be compared
                    r > 1           | of type real, cannot be compared: use 'is null', or another column
                    old.j = new.j   | of type jsonb, cannot be compared, but for old.j <> new.j
                    n = t           | of type numeric, cannot be compared with 't' of type text
                    old.t < new.t   | of type text, has no order here: use = or <>
                    """)
    void shouldNameTheConditionThatDoesNotFitItsColumn(String when, String complaint)
            throws SQLException {
        assertThat(conditionProblems(when))
                .singleElement()
                .asString()
                .startsWith("rule 'r': 'when' has ")
                .contains(complaint);
    }

    private static List<String> conditionProblems(String when) throws SQLException {
        return problems("public.typed", "keys: ['{id}'], when: \"%s\"".formatted(when));
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

    @Test
    void shouldNameTheGeneratedColumnThatIsNotTold() throws SQLException {
        execute(
                "CREATE TABLE doubled (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2)"
                        + (isAtLeast18() ? " VIRTUAL)" : " STORED)"));

        assertThat(problems("public.doubled", "keys: ['{id}']")).isEmpty();
        assertThat(problems("public.doubled", "keys: ['{twice}'], operations: [insert]"))
                .containsExactly(
                        "rule 'r': column 'twice' of table public.doubled is generated, and this"
                                + " server does not tell its values with a change: name the columns"
                                + " that it is made of instead; PostgreSQL 18 and later tell those"
                                + " of a column that is STORED");
    }

    @Test
    void shouldRefuseATableWhoseUpdatesTheServerWouldRefuseOnceItIsCaptured() throws SQLException {
        assumeTrue(isAtLeast18(), "there are no virtual columns before version 18");
        execute(
                "CREATE TABLE halved (id int PRIMARY KEY, half int GENERATED ALWAYS AS (id / 2)"
                        + " VIRTUAL)");
        execute("ALTER TABLE halved REPLICA IDENTITY FULL");

        assertThat(problems("public.halved", "keys: ['{id}']"))
                .singleElement()
                .asString()
                .contains("public.halved cannot be captured", "virtual column 'half'");
        execute(
                "CREATE PUBLICATION halves FOR TABLE halved"
                        + " WITH (publish_generated_columns = stored)");
        assertThatThrownBy(() -> execute("UPDATE halved SET id = 2"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot update table \"halved\"");
    }

    private static boolean isAtLeast18() throws SQLException {
        try (Connection connection = database.connect()) {
            return Publication.canHoldGeneratedColumns(connection);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
